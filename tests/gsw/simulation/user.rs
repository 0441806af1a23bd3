//! What the user does, and what happens without him.

use std::time::Duration;

use cti_codec::gsw::desktop::{
    Callback, CampaignId, ChainState, Changes, End, Finish, Preview, RecordId, Source,
};
use cti_codec::gsw::messages::{
    AddRecord, ChainedRecordRequest, DoNotCall, ReadyTime, RecordReschedule, RequestRecordCancel,
    UpdateCallCompletionStats,
};
use cti_codec::gsw::simulator::{Command, Session, Whose};
use cti_codec::gsw::{
    CallResult, CallbackType, CampaignMode, ChainAttr, DateTime, DesktopMessage, MinuteTime,
    Treatment,
};

use super::world::World;

fn soon(minute: i8) -> MinuteTime {
    let at = jiff::civil::date(2027, 5, 3).at(8, minute, 0, 0);
    MinuteTime::try_from(at).unwrap()
}

impl World {
    fn scope(&mut self) -> ChainAttr<'static> {
        if self.rng.bool() {
            ChainAttr::ALL_CHAIN
        } else {
            ChainAttr::RECORD_ONLY
        }
    }

    pub(super) fn user(&mut self) {
        let campaigns: Vec<CampaignId> = self.desk.desktop.campaigns().map(|one| one.id).collect();
        let records: Vec<(RecordId, Source, Option<ChainState>)> = self
            .desk
            .desktop
            .records()
            .map(|one| {
                let chain = one.chain.and_then(|chain| self.desk.desktop.chain(chain));
                (one.id, one.source, chain.map(|chain| chain.state))
            })
            .collect();
        let record = self.rng.choice(records);
        let now = self.now;
        match (self.rng.u8(..14), record) {
            (0..=3, _) | (_, None) => {
                let wish = match self.rng.u8(..8) {
                    0 => Preview::Off,
                    1 => Preview::Link,
                    2..=4 => Preview::Keep(1 + self.rng.usize(..2)),
                    _ => Preview::Next,
                };
                if let Some(campaign) = self.rng.choice(campaigns) {
                    let _ = self.desk.desktop.preview(now, campaign, wish);
                }
            }
            (4..=8, Some((id, ..))) => self.finish(id),
            (9 | 10, Some((id, _, Some(ChainState::Unasked)))) => self.send(ChainedRecordRequest {
                application_id: Some(id.application_id),
                record_handle: Some(id.handle),
                ..Default::default()
            }),
            (11, Some((id, ..))) => {
                let call_result = Some(CallResult(self.rng.i64(6..12)));
                self.send(UpdateCallCompletionStats {
                    application_id: Some(id.application_id),
                    record_handle: Some(id.handle),
                    call_result,
                    ..Default::default()
                });
            }
            (12, Some((id, source, _))) => match (self.rng.u8(..4), source) {
                (_, Source::Call) => self.send(ReadyTime {
                    application_id: Some(id.application_id),
                    record_handle: Some(id.handle),
                    ready_time: Some(5),
                    ..Default::default()
                }),
                (0, _) => {
                    let date_time = DateTime::At(soon(self.rng.i8(2..30)));
                    self.send(RecordReschedule {
                        application_id: Some(id.application_id),
                        record_handle: Some(id.handle),
                        callback_type: Some(CallbackType::PERSONAL),
                        date_time: Some(date_time),
                        ..Default::default()
                    });
                }
                (1, _) => self.send(AddRecord {
                    application_id: Some(id.application_id),
                    record_handle: Some(id.handle),
                    phone: Some("+15559999999".into()),
                    tz_name: Some("EST".into()),
                    chain_id: self
                        .desk
                        .desktop
                        .record(id)
                        .and_then(|record| record.chain)
                        .map(|chain| chain.chain_id),
                    ..Default::default()
                }),
                _ => {}
            },
            (13, _) => {
                let phone = self.phone();
                let application_id = Some(self.ocs.primary());
                let (phone, chain_attr) = (Some(phone.as_str().into()), Some(self.scope()));
                if self.rng.bool() {
                    self.send(RequestRecordCancel {
                        application_id,
                        phone,
                        chain_attr,
                        ..Default::default()
                    });
                } else {
                    self.send(DoNotCall {
                        application_id,
                        phone,
                        chain_attr,
                        ..Default::default()
                    });
                }
            }
            _ => {}
        }
    }

    /// A number of some list.
    fn phone(&mut self) -> String {
        let place = self.rng.usize(..self.ocs.records().len());
        self.ocs.records()[place].phone.to_string()
    }

    fn send<'a>(&mut self, message: impl Into<DesktopMessage<'a>>) {
        let _ = self.desk.desktop.request(self.now, &message.into());
    }

    fn finish(&mut self, id: RecordId) {
        let changes = Changes {
            call_result: self.rng.bool().then_some(CallResult::ANSWER),
            ..Changes::default()
        };
        let minute = self.rng.i8(1..20);
        let scope = self.scope();
        let end = match self.rng.u8(..8) {
            0 => End::Reject,
            1 => End::Cancel { scope },
            2 => End::DoNotCall {
                scope,
                message: None,
            },
            _ => End::Processed,
        };
        let mut finish = Finish {
            changes,
            end,
            ..Finish::default()
        };
        if end == End::Processed {
            match self.rng.u8(..4) {
                0 => {
                    let callback_type = if self.rng.bool() {
                        CallbackType::PERSONAL
                    } else {
                        CallbackType::CAMPAIGN
                    };
                    finish.callback = Some(Callback {
                        callback_type,
                        at: soon(minute),
                    });
                }
                1 => finish.treatment = Some(Treatment::CAMPAIGN),
                _ => {}
            }
        }
        let _ = self.desk.desktop.finish(self.now, id, &finish);
    }

    /// What happens on the server's side.
    pub(super) fn chance(&mut self) {
        let groups: Vec<_> = self
            .ocs
            .groups()
            .iter()
            .map(|group| (group.name.clone(), group.session))
            .collect();
        let (group, session) = self.rng.choice(groups).unwrap();
        let command = match self.rng.u8(..12) {
            0 | 1 => {
                let application_id = if self.ocs.primary() == 139 { 141 } else { 139 };
                let former_alive = self.rng.u8(..3) > 0;
                self.seen.count("switch-over");
                if !former_alive {
                    self.seen.count("server dead");
                }
                Command::SwitchOver {
                    application_id,
                    former_alive,
                }
            }
            2 | 3 => {
                let on_desktop = self.ocs.on_desktop(self.desk.dn).next().cloned();
                let whose = match on_desktop {
                    Some(one) => self.ocs.records()[one.record].phone.clone(),
                    None => self.phone().into(),
                };
                let whose = Whose::Phone(whose);
                if self.rng.bool() {
                    Command::Cancel {
                        whose,
                        chain_attr: self.scope(),
                    }
                } else {
                    Command::DoNotCall { whose }
                }
            }
            4 => Command::Push {
                dn: self.desk.dn.into(),
                group,
            },
            5..=7 => Command::Call {
                dn: self.desk.dn.into(),
                group: "Autumn@Team 1".into(),
            },
            8 => Command::Dial {
                dn: self.desk.dn.into(),
                time: Duration::from_secs(self.rng.u64(1..40)),
            },
            9 if session == Session::Unloaded => Command::Load { group },
            9 if self.rng.u8(..4) == 0 => Command::Unload { group },
            9 => Command::Stop { group },
            _ => {
                let mode = if group == "Spring@Team 1" {
                    CampaignMode::PREVIEW
                } else {
                    CampaignMode::PREDICTIVE
                };
                Command::Start { group, mode }
            }
        };
        if matches!(command, Command::Stop { .. } | Command::Unload { .. }) {
            self.seen.count("stopped");
        }
        self.say(|| format!("{command:?}"));
        let _ = self.ocs.command(self.now, command);
    }
}
