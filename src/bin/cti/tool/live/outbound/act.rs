//! What the commands do.

use std::io;
use std::time::Duration;

use cti_codec::gsw::desktop::{
    Callback, Campaign, CampaignId, CampaignState, Changes, End, Finish, Preview, RecordId,
    RecordState, Refused, RequestId,
};
use cti_codec::gsw::messages::{
    AddRecord, CampaignStatusRequest, ChainedRecordRequest, DoNotCall, ReadyTime,
    RequestRecordCancel, UpdateCallCompletionStats,
};
use cti_codec::gsw::{
    CallResult, CallbackType, CampaignMode, ChainAttr, DesktopMessage, MinuteTime, Text, Treatment,
    Value,
};

use super::super::words::Common;
use super::command::{Command, How, When, Wish};
use super::{Desk, LONGEST, show};

/// What was noted of a record.
#[derive(Clone, Default)]
pub(super) struct Draft {
    call_result: Option<CallResult>,
    fields: Vec<(String, String)>,
    /// When, and whether by this agent.
    callback: Option<(MinuteTime, bool)>,
    /// Whether for this agent.
    treatment: Option<bool>,
}

type Answer = Result<String, String>;

impl Desk<'_> {
    pub(super) async fn carry_out(&mut self, command: Command) -> io::Result<Answer> {
        match command {
            Command::Campaigns => {
                let lines: Vec<String> = self
                    .desktop
                    .campaigns()
                    .map(|one| show::campaign(&one))
                    .collect();
                for line in lines {
                    self.print(&format!("campaign {line}"))?;
                }
                Ok(Ok(String::new()))
            }
            Command::Records => {
                let lines: Vec<String> = self
                    .desktop
                    .records()
                    .map(|one| show::record(&one))
                    .collect();
                for line in lines {
                    self.print(&format!("record {line}"))?;
                }
                Ok(Ok(String::new()))
            }
            Command::Record(handle) => self.record(handle),
            Command::Preview(wish, campaign) => self.preview(wish, &campaign).await,
            Command::CallResult(result) => Ok(self.note(|draft| {
                draft.call_result = Some(result);
                result.to_string()
            })),
            Command::Field(name, text) => Ok(self.note(|draft| {
                draft.fields.retain(|(known, _)| *known != name);
                draft.fields.push((name, text));
                String::new()
            })),
            Command::Callback { when, personal } => Ok(self.callback(when, personal)),
            Command::NoCallback => Ok(self.note(|draft| {
                draft.callback = None;
                String::new()
            })),
            Command::Treatment(treatment) => Ok(self.note(|draft| {
                draft.treatment = treatment;
                String::new()
            })),
            Command::Update => self.update().await,
            Command::Chain => self.chain().await,
            Command::End(how) => self.end(how).await,
            Command::CancelNumber(number) => {
                let request = RequestRecordCancel {
                    phone: Some(number.as_str().into()),
                    ..Default::default()
                };
                self.request(&request.into()).await
            }
            Command::DoNotCallNumber(number) => {
                let request = DoNotCall {
                    phone: Some(number.as_str().into()),
                    ..Default::default()
                };
                self.request(&request.into()).await
            }
            Command::Add { number, chain } => self.add(&number, chain).await,
            Command::ReadyTime(seconds) => match self.current() {
                Err(why) => Ok(Err(why)),
                Ok(id) => {
                    let request = ReadyTime {
                        application_id: Some(id.application_id),
                        record_handle: Some(id.handle),
                        ready_time: Some(seconds),
                        ..Default::default()
                    };
                    self.request(&request.into()).await
                }
            },
            Command::Forget => {
                let forgotten = self.current().and_then(|id| {
                    let done = self.desktop.forget(self.now, id);
                    done.map_err(|why| why.to_string())
                });
                self.tick()?;
                Ok(forgotten.map(|()| String::new()))
            }
            Command::Status => self.request(&CampaignStatusRequest::default().into()).await,
            Command::LogOut => self.log_out().await,
            Command::LogIn if self.logged_in => Ok(Err("logged in already".into())),
            Command::LogIn => {
                self.agent(true)?;
                Ok(Ok(String::new()))
            }
            Command::Server(what) => self.serve(what),
            Command::Connection { up } => {
                self.connect(up)?;
                Ok(Ok(String::new()))
            }
            Command::Common(Common::Wait(word, limit)) => {
                let word = word.to_lowercase();
                let limit = limit.unwrap_or(Duration::from_secs(60));
                let found = self.until(limit, |desk| desk.find(&word)).await?;
                Ok(found.ok_or_else(|| "it did not come in time".into()))
            }
            Command::Common(Common::Sleep(time)) => {
                self.until(time, |_| None::<()>).await?;
                Ok(Ok(String::new()))
            }
            Command::Common(Common::Help | Common::Quit) => Ok(Ok(String::new())),
        }
    }

    /// The first event that was not found yet and has a word.
    fn find(&mut self, word: &str) -> Option<String> {
        let has = |line: &String| {
            line.split(' ')
                .take(2)
                .any(|one| one.eq_ignore_ascii_case(word))
        };
        let place = self.seen.iter().position(has)?;
        self.seen.remove(place)
    }

    /// The record that is worked on.
    fn current(&self) -> Result<RecordId, String> {
        let here = self.current.filter(|id| self.desktop.record(*id).is_some());
        here.ok_or_else(|| "there is no record".into())
    }

    fn record(&mut self, handle: Option<i64>) -> io::Result<Answer> {
        if let Some(handle) = handle {
            let found = self
                .desktop
                .records()
                .find(|record| record.id.handle == handle);
            match found.map(|record| record.id) {
                Some(id) => self.current = Some(id),
                None => return Ok(Err("there is no such record".into())),
            }
        }
        let id = match self.current() {
            Ok(id) => id,
            Err(why) => return Ok(Err(why)),
        };
        let record = self.desktop.record(id);
        let lines = record.as_ref().map(show::pairs).unwrap_or_default();
        let line = record.as_ref().map(show::record).unwrap_or_default();
        for line in lines {
            self.print(&format!("data {line}"))?;
        }
        Ok(Ok(line))
    }

    /// The campaign that a word names: by the beginning of its name, or the first that fits.
    fn campaign(&self, word: &str, wish: Wish) -> Result<CampaignId, String> {
        let word = word.to_lowercase();
        let preview =
            |one: &Campaign<'_>| one.state == CampaignState::Started(CampaignMode::PREVIEW);
        let found = self.desktop.campaigns().find(|one| {
            if word.is_empty() {
                preview(one) || wish == Wish::Off
            } else {
                one.name().to_string().to_lowercase().starts_with(&word)
            }
        });
        let found = found.ok_or_else(|| {
            let none = if word.is_empty() {
                "no campaign runs in Preview"
            } else {
                "there is no such campaign"
            };
            none.to_owned()
        })?;
        if matches!(wish, Wish::Next | Wish::Keep(_)) && !preview(&found) {
            return Err("it does not run in Preview".into());
        }
        Ok(found.id)
    }

    async fn preview(&mut self, wish: Wish, campaign: &str) -> io::Result<Answer> {
        if !self.logged_in {
            return Ok(Err("nobody is logged in".into()));
        }
        let id = match self.campaign(campaign, wish) {
            Ok(id) => id,
            Err(why) => return Ok(Err(why)),
        };
        let wanted = match wish {
            Wish::Next => Preview::Next,
            Wish::On => Preview::Link,
            Wish::Keep(number) => Preview::Keep(number),
            Wish::Off => Preview::Off,
        };
        self.seen
            .retain(|line| !line.starts_with("record ") && !line.starts_with("retry "));
        if let Err(why) = self.desktop.preview(self.now, id, wanted) {
            return Ok(Err(why.to_string()));
        }
        if wish != Wish::Next {
            self.tick()?;
            return Ok(Ok(String::new()));
        }
        // A record, or the news that there is none.
        let found = self.until(LONGEST, |desk| {
            let is = |line: &String| line.starts_with("record ") || line.starts_with("retry ");
            let line = desk.seen.iter().find(|line| is(line))?.clone();
            Some(line)
        });
        Ok(match found.await? {
            Some(line) if line.starts_with("record ") => {
                let id = line.rsplit("id=").next().unwrap_or_default();
                let handle = id.rsplit('/').next().and_then(|handle| handle.parse().ok());
                let record = self
                    .desktop
                    .records()
                    .find(|one| Some(one.id.handle) == handle);
                if let Some(id) = record.map(|record| record.id) {
                    self.current = Some(id);
                }
                Ok(line)
            }
            _ => {
                // Asked again by the user, not by itself.
                let _ = self.desktop.preview(self.now, id, Preview::Link);
                Err("no record at the moment".into())
            }
        })
    }

    /// Notes something of the record that is worked on.
    fn note(&mut self, change: impl FnOnce(&mut Draft) -> String) -> Answer {
        let id = self.current()?;
        Ok(change(self.drafts.entry(id).or_default()))
    }

    fn callback(&mut self, when: When, personal: bool) -> Answer {
        let id = self.current()?;
        let record = self.desktop.record(id).ok_or("there is no record")?;
        let at = match when {
            When::At(at) => at,
            When::In(time) => {
                let seconds = self.now.saturating_add(time).as_secs();
                // The minute that has begun is over by the time the server hears of it.
                let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
                let moment = cti_codec::gsw::UnixTime(self.origin.0.saturating_add(seconds));
                let at = moment
                    .to_timestamp()
                    .and_then(|moment| record.callback_time(moment));
                at.ok_or("the record has no time zone; use callback at")?
            }
        };
        self.drafts.entry(id).or_default().callback = Some((at, personal));
        Ok(format!(
            "{} {at}",
            if personal { "personal" } else { "campaign" }
        ))
    }

    /// Sends a request and waits for its end.
    async fn request(&mut self, message: &DesktopMessage<'_>) -> io::Result<Answer> {
        let sent = self.desktop.request(self.now, message);
        self.answered(sent).await
    }

    async fn answered(&mut self, sent: Result<RequestId, Refused>) -> io::Result<Answer> {
        match sent {
            Err(why) => Ok(Err(why.to_string())),
            Ok(request) => Ok(self.ended(request).await?.map(|()| String::new())),
        }
    }

    async fn update(&mut self) -> io::Result<Answer> {
        let id = match self.current() {
            Ok(id) => id,
            Err(why) => return Ok(Err(why)),
        };
        let draft = self.drafts.get(&id).cloned().unwrap_or_default();
        let mut request = UpdateCallCompletionStats {
            application_id: Some(id.application_id),
            record_handle: Some(id.handle),
            call_result: draft.call_result,
            ..Default::default()
        };
        for (name, text) in &draft.fields {
            let pushed = request.unlisted.push_custom(name, text.as_str());
            if let Err(why) = pushed.map_err(|why| why.to_string()) {
                return Ok(Err(why));
            }
        }
        self.request(&request.into()).await
    }

    async fn chain(&mut self) -> io::Result<Answer> {
        let id = match self.current() {
            Ok(id) => id,
            Err(why) => return Ok(Err(why)),
        };
        let request = ChainedRecordRequest {
            application_id: Some(id.application_id),
            record_handle: Some(id.handle),
            ..Default::default()
        };
        let answer = self.request(&request.into()).await?;
        let chain = self.desktop.record(id).and_then(|record| record.chain);
        let members = chain.and_then(|chain| self.desktop.chain(chain));
        let members = members.map_or(1, |chain| chain.members.len());
        Ok(answer.map(|_| format!("records={members}")))
    }

    /// Finishes the record that is worked on.
    async fn end(&mut self, how: How) -> io::Result<Answer> {
        let id = match self.current() {
            Ok(id) => id,
            Err(why) => return Ok(Err(why)),
        };
        let draft = self.drafts.get(&id).cloned().unwrap_or_default();
        let fields: Vec<(&str, Value<'_>)> = draft
            .fields
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str().into()))
            .collect();
        let scope = |alone| {
            if alone {
                ChainAttr::RECORD_ONLY
            } else {
                ChainAttr::ALL_CHAIN
            }
        };
        let done = how == How::Done;
        let finish = Finish {
            changes: Changes {
                call_result: draft.call_result,
                custom: &fields,
                ..Changes::default()
            },
            callback: draft
                .callback
                .filter(|_| done)
                .map(|(at, personal)| Callback {
                    callback_type: if personal {
                        CallbackType::PERSONAL
                    } else {
                        CallbackType::CAMPAIGN
                    },
                    at,
                }),
            treatment: draft.treatment.filter(|_| done).map(|personal| {
                if personal {
                    Treatment::PERSONAL
                } else {
                    Treatment::CAMPAIGN
                }
            }),
            end: match how {
                How::Done => End::Processed,
                How::Reject => End::Reject,
                How::Cancel { alone } => End::Cancel {
                    scope: scope(alone),
                },
                How::DoNotCall { alone } => End::DoNotCall {
                    scope: scope(alone),
                    message: None,
                },
            },
        };
        self.failure.clear();
        if let Err(why) = self.desktop.finish(self.now, id, &finish) {
            return Ok(Err(why.to_string()));
        }
        let name = format!("id={}/{}", id.application_id, id.handle);
        self.seen
            .retain(|line| !(line.ends_with(&name) && line.starts_with("stopped ")));
        let stopped = |line: &String| line.starts_with("stopped ") && line.ends_with(&name);
        let over = self.until(LONGEST, |desk| {
            let has_stopped = desk.seen.iter().any(stopped);
            let state = desk.desktop.record(id).map(|record| record.state);
            // Both, where the record ended by something else than the last step.
            match (has_stopped, state) {
                (false, None) => Some(None),
                (true, None) => Some(Some("the record has ended otherwise")),
                (true, Some(_)) | (_, Some(RecordState::Unfinished)) => {
                    Some(Some("the record is still owed"))
                }
                (false, Some(_)) => None,
            }
        });
        Ok(match over.await? {
            Some(None) => Ok(name),
            Some(Some(what)) if self.failure.is_empty() => Err(what.to_owned()),
            Some(Some(what)) => Err(format!("{}; {what}", self.failure)),
            None => Err("not answered".into()),
        })
    }

    async fn add(&mut self, number: &str, chain: bool) -> io::Result<Answer> {
        let id = self.current();
        let campaign = self.desktop.campaigns().next();
        let name = campaign.and_then(|one| one.group_name).map(Text::to_buf);
        let campaign_name = campaign.and_then(|one| one.campaign_name).map(Text::to_buf);
        let record = id.as_ref().ok().and_then(|id| self.desktop.record(*id));
        let list = record
            .and_then(|record| record.calling_list)
            .map(Text::to_buf);
        let chain_id = record
            .and_then(|record| record.chain)
            .map(|chain| chain.chain_id);
        let mut request = AddRecord {
            phone: Some(number.into()),
            tz_name: Some("EST".into()),
            ..Default::default()
        };
        match (&id, chain) {
            (Err(why), true) => return Ok(Err(why.clone())),
            (Ok(id), true) => {
                request.application_id = Some(id.application_id);
                request.record_handle = Some(id.handle);
                request.chain_id = chain_id;
            }
            _ => {
                let list = list.as_ref().map_or("Customers".into(), |list| list.text());
                request.calling_list = Some(list);
                request.campaign_group_name = name.as_ref().map(|name| name.text());
                request.campaign_name = campaign_name.as_ref().map(|name| name.text());
            }
        }
        self.request(&request.into()).await
    }

    async fn log_out(&mut self) -> io::Result<Answer> {
        if !self.logged_in {
            return Ok(Err("nobody is logged in".into()));
        }
        self.may_log_out = None;
        self.desktop.log_out(self.now);
        let owed = self.until(LONGEST, |desk| desk.may_log_out).await?;
        let Some(owed) = owed else {
            return Ok(Err("not granted".into()));
        };
        self.agent(false)?;
        Ok(Ok(format!("owed={owed}")))
    }
}
