//! A desktop as the flows see it: names for what it reports and for the state that it is in.

use std::collections::BTreeMap;
use std::time::Duration;

use cti_codec::gsw::desktop::{
    Agent, CampaignState, ChainState, Desktop, EndCause, Event, Link, LogOutState, RecordId,
    RecordState, Refused, RequestId, Settings, Source, Transmit, Transport,
};
use cti_codec::gsw::{AttachedDataBuf, DesktopMessage, Value};
use serde_json::{Map, Value as Json, json};

/// Attached data of a flow.
pub(super) fn data(pairs: &Map<String, Json>) -> AttachedDataBuf {
    let mut data = AttachedDataBuf::new();
    for (key, value) in pairs {
        match value {
            Json::Number(number) => data.push(key, number.as_i64().unwrap()),
            Json::String(text) => data.push(key, text.as_str()),
            other => panic!("{key}: {other}"),
        }
    }
    data
}

fn seconds(time: Duration) -> u64 {
    time.as_secs()
}

fn record(id: RecordId) -> String {
    format!("{}/{}", id.application_id, id.handle)
}

fn source(source: Source) -> &'static str {
    match source {
        Source::Preview => "preview",
        Source::Pushed => "pushed",
        Source::Scheduled => "scheduled",
        Source::Chained => "chained",
        Source::Call => "call",
        other => panic!("{other:?}"),
    }
}

fn cause(why: EndCause) -> &'static str {
    match why {
        EndCause::Processed => "processed",
        EndCause::Rejected => "rejected",
        EndCause::Canceled => "canceled",
        EndCause::DoNotCall => "do-not-call",
        EndCause::Withdrawn => "withdrawn",
        EndCause::Gone => "gone",
        EndCause::Left => "left",
        EndCause::Dropped => "dropped",
        other => panic!("{other:?}"),
    }
}

/// What the flows call a refusal here.
pub(super) fn reason(refused: &Refused) -> String {
    match refused {
        Refused::NotInPreview => "not running in Preview".to_owned(),
        Refused::NoRecord => "no such record".to_owned(),
        Refused::ChainAsked | Refused::ChainComplete => "chain asked already".to_owned(),
        Refused::ReadyTold => "told already".to_owned(),
        Refused::NotLoaded => "not loaded".to_owned(),
        other => other.to_string(),
    }
}

/// A desktop, the time, and what it has sent.
pub(super) struct Played {
    pub(super) desktop: Desktop,
    pub(super) now: Duration,
    pub(super) sent: Vec<Transmit>,
    names: BTreeMap<u32, String>,
}

impl Played {
    pub(super) fn new(settings: Settings) -> Self {
        Played {
            desktop: Desktop::new(settings),
            now: Duration::ZERO,
            sent: Vec::new(),
            names: BTreeMap::new(),
        }
    }

    /// One that sends nothing by itself but what it sends again.
    pub(super) fn quiet() -> Self {
        Played::new(Settings {
            first_reference_id: 1000,
            automatic: false,
            ..Settings::default()
        })
    }

    /// Lets time pass; whatever is due on the way happens at its time.
    pub(super) fn until(&mut self, second: u64) {
        let until = Duration::from_secs(second);
        let mut turns = 0;
        while let Some(at) = self.desktop.poll_timeout().filter(|at| *at <= until) {
            self.now = self.now.max(at);
            self.desktop.handle_timeout(self.now);
            turns += 1;
            assert!(turns < 10_000, "a deadline that does not go away");
        }
        self.now = until;
        self.desktop.handle_timeout(until);
    }

    pub(super) fn input(&mut self, pairs: &Json) {
        let data = data(pairs.as_object().unwrap());
        self.desktop.handle_input(self.now, &data);
    }

    pub(super) fn call(&mut self, pairs: &Json) -> Option<RecordId> {
        let data = data(pairs.as_object().unwrap());
        self.desktop.handle_call(self.now, &data)
    }

    pub(super) fn request(&mut self, pairs: &Json) -> Result<RequestId, Refused> {
        let data = data(pairs.as_object().unwrap());
        let message = DesktopMessage::from_attached_data(&data).unwrap();
        self.desktop.request(self.now, &message)
    }

    pub(super) fn force(&mut self, pairs: &Json) -> Result<RequestId, Refused> {
        let data = data(pairs.as_object().unwrap());
        let message = DesktopMessage::from_attached_data(&data).unwrap();
        self.desktop.force(self.now, &message)
    }

    pub(super) fn transport(&mut self, state: &str) {
        let state = match state {
            "up" => Transport::Up,
            "down" => Transport::Down,
            other => panic!("{other}"),
        };
        self.desktop.handle_transport(self.now, state);
    }

    pub(super) fn agent(&mut self, state: &str) {
        let state = match state {
            "logged in" => Agent::LoggedIn,
            "logged out" => Agent::LoggedOut,
            other => panic!("{other}"),
        };
        self.desktop.handle_agent(self.now, state);
    }

    /// What was sent since the last time, as JSON.
    pub(super) fn sent(&mut self) -> Vec<Json> {
        while let Some(sent) = self.desktop.poll_transmit() {
            self.sent.push(sent);
        }
        let sent = std::mem::take(&mut self.sent);
        sent.iter().map(|sent| pairs(&sent.data)).collect()
    }

    /// The types of what was sent since the last time.
    pub(super) fn kinds(&mut self) -> Vec<String> {
        while let Some(sent) = self.desktop.poll_transmit() {
            self.sent.push(sent);
        }
        let sent = std::mem::take(&mut self.sent);
        sent.iter()
            .map(|sent| sent.message_type.to_string())
            .collect()
    }

    /// What happened since the last time, in the words of the flows. What the state shows as well
    /// has none.
    pub(super) fn events(&mut self) -> Vec<String> {
        let mut events = Vec::new();
        self.learn();
        while let Some(event) = self.desktop.poll_event() {
            events.extend(self.event(&event));
        }
        events.sort();
        events
    }

    /// Everything else that happened.
    pub(super) fn polled(&mut self) -> Vec<Event> {
        self.learn();
        std::iter::from_fn(|| self.desktop.poll_event()).collect()
    }

    fn learn(&mut self) {
        for campaign in self.desktop.campaigns() {
            let name = campaign.name().to_string();
            self.names.insert(campaign.id.0, name);
        }
    }

    fn event(&self, event: &Event) -> Option<String> {
        Some(match event {
            Event::Assigned { campaign } => format!("assigned {}", self.names[&campaign.0]),
            Event::Moved { campaign, from, to } => {
                format!("moved {} {from} to {to}", self.names[&campaign.0])
            }
            Event::StatusOver { .. } => "status over".to_owned(),
            Event::Record {
                record: id,
                source: how,
            } => format!("record {} {}", record(*id), source(*how)),
            Event::Again { record: id } => format!("again {}", record(*id)),
            Event::Ended { record: id, why } => format!("ended {} {}", record(*id), cause(*why)),
            Event::Done { message_type, .. } => format!("done {message_type}"),
            Event::Refused {
                message_type,
                error,
                ..
            } => format!("refused {message_type} {}", error.0),
            Event::Unanswered { message_type, .. } => format!("unanswered {message_type}"),
            Event::Lost { message_type, .. } => format!("lost {message_type}"),
            Event::SentAgain { message_type, .. } => format!("resend {message_type}"),
            Event::Late { message_type, .. } => format!("late {message_type}"),
            Event::Foreign { message_type, .. } => format!("foreign {message_type}"),
            Event::Unclear { error, .. } => format!("unmatched {}", error.0),
            Event::Incomplete { message, .. } => format!("incomplete {message}"),
            Event::Stopped { record: id, step } => format!("stopped {} {step:?}", record(*id)),
            Event::ReadyTimeOver { record: id } => format!("ready time over {}", record(*id)),
            Event::StillOpen { record: id } => format!("still open {}", record(*id)),
            Event::OverLimit { record: id, .. } => format!("over limit {}", record(*id)),
            Event::MayLogOut { owed } => format!("may log out {owed}"),
            Event::TooManyCampaigns => "too many campaigns".to_owned(),
            Event::Unknown(_) => "unknown".to_owned(),
            Event::Missed(events) => format!("missed {events}"),
            Event::Warned { warning, .. } => format!("warned {warning:?}"),
            Event::Campaign { .. }
            | Event::Preview { .. }
            | Event::Chain { .. }
            | Event::CallbackNoted { .. }
            | Event::RetryAt { .. }
            | Event::LogOut { .. } => return None,
            other => panic!("{other:?}"),
        })
    }

    /// The state, in the words of the flows.
    pub(super) fn state(&self) -> Json {
        let mut campaigns = Map::new();
        let mut preview = Map::new();
        let mut retry = Map::new();
        let mut logout = Json::Null;
        for campaign in self.desktop.campaigns() {
            let key = format!("{}/{}", campaign.application_id, campaign.name());
            let state = match campaign.state {
                CampaignState::Loaded => "loaded".to_owned(),
                CampaignState::Started(mode) => format!("started {mode}"),
            };
            campaigns.insert(key.clone(), state.into());
            let link = match campaign.preview {
                Link::Off => None,
                Link::Starting => Some("starting"),
                Link::On => Some("on"),
                Link::Ending => Some("ending"),
            };
            if let Some(link) = link {
                preview.insert(key.clone(), link.into());
            }
            if let Some(at) = campaign.retry_at {
                retry.insert(key, seconds(at).into());
            }
            logout = match campaign.log_out {
                LogOutState::None => logout,
                LogOutState::Asked => "asked".into(),
                LogOutState::Wait { seconds, .. } => format!("wait {seconds}").into(),
                LogOutState::Granted => "granted".into(),
                LogOutState::Unanswered => "unanswered".into(),
            };
        }
        let records: Map<String, Json> = self
            .desktop
            .records()
            .map(|entry| {
                let state = match entry.state {
                    RecordState::Open if entry.callback_noted => "rescheduled",
                    RecordState::Open => "open",
                    RecordState::Finishing => "finishing",
                    RecordState::Unfinished => "unfinished",
                };
                (record(entry.id), state.into())
            })
            .collect();
        let chains: Map<String, Json> = self
            .desktop
            .chains()
            .filter(|chain| chain.was_asked)
            .map(|chain| {
                let key = format!("{}/{}", chain.id.application_id, chain.id.chain_id);
                let state = match chain.state {
                    ChainState::Unasked => "unasked",
                    ChainState::Asked => "asked",
                    ChainState::Complete => "complete",
                    ChainState::Partial => "partial",
                };
                let mut words = vec![state.to_owned()];
                words.extend(chain.members.iter().map(ToString::to_string));
                (key, words.join(" ").into())
            })
            .collect();
        let outstanding: Vec<String> = self
            .desktop
            .outstanding()
            .map(|request| request.message_type.to_string())
            .collect();
        let mut state = json!({
            "campaigns": campaigns,
            "preview": preview,
            "records": records,
            "chains": chains,
            "outstanding": outstanding,
            "retry": retry,
            "retired": self.desktop.retired().collect::<Vec<_>>(),
        });
        if !logout.is_null() {
            state["logout"] = logout;
        }
        state
    }
}

/// A list as JSON.
pub(super) fn pairs(data: &AttachedDataBuf) -> Json {
    data.view()
        .iter()
        .map(|pair| {
            let value = match pair.value {
                Value::Int(number) => number.into(),
                Value::Str(text) => text.to_string().into(),
                other => panic!("{other:?}"),
            };
            (pair.key.to_string(), value)
        })
        .collect::<Map<_, _>>()
        .into()
}

/// Short cuts for tests of single rules.
impl Played {
    pub(super) fn takes(&mut self) -> Vec<Transmit> {
        while let Some(sent) = self.desktop.poll_transmit() {
            self.sent.push(sent);
        }
        std::mem::take(&mut self.sent)
    }

    /// Takes the one message that was sent.
    pub(super) fn take(&mut self) -> Transmit {
        let mut sent = self.takes();
        assert_eq!(sent.len(), 1, "{sent:?}");
        sent.remove(0)
    }

    /// The server says yes.
    pub(super) fn acknowledge(&mut self, sent: &Transmit) {
        let request = DesktopMessage::from_attached_data(&sent.data).unwrap();
        let answer = request.acknowledgement().unwrap();
        let answer = answer.to_attached_data_as_received();
        self.desktop.handle_input(self.now, &answer);
    }

    /// The server says no.
    pub(super) fn refuse(&mut self, sent: &Transmit, code: i64, text: &str) {
        let answer = json!({
            "GSW_ERROR": text, "GSW_ERROR_NUMBER": code, "GSW_APPLICATION_ID": 139,
            "GSW_REFERENCE_ID": reference(sent),
        });
        self.input(&answer);
    }

    /// Says yes to all that was sent, and to what follows from that.
    pub(super) fn acknowledge_all(&mut self) -> Vec<String> {
        let mut kinds = Vec::new();
        for _ in 0..50 {
            for sent in self.takes() {
                kinds.push(sent.message_type.to_string());
                self.acknowledge(&sent);
            }
        }
        kinds
    }

    /// A campaign that runs, with the preview session on where it is in Preview.
    pub(super) fn started(mode: &str) -> Self {
        let mut played = Played::quiet();
        played.input(&started(139, "Spring@Team 1", mode));
        if mode == "Preview" {
            played
                .request(&json!({
                    "GSW_AGENT_REQ_TYPE": "PreviewDialingModeStart", "GSW_CAMPAIGN_NAME": "Spring",
                }))
                .unwrap();
            played.acknowledge_all();
        }
        played.events();
        played
    }

    /// That, with records which the server has pushed.
    pub(super) fn with_records(records: &[(i64, i64)]) -> Self {
        let mut played = Played::started("Preview");
        for (handle, chain) in records {
            played.input(&pushed(139, *handle, *chain));
        }
        played.events();
        played
    }

    /// That, with a chain that was asked for and is complete.
    pub(super) fn with_chain(handles: &[i64]) -> Self {
        let mut played = Played::with_records(&[(handles[0], 3)]);
        played
            .request(&of_record("ChainedRecordRequest", handles[0]))
            .unwrap();
        let sent = played.take();
        for handle in &handles[1..] {
            played.input(&chained(*handle, Some(reference(&sent))));
        }
        played.input(&json!({
            "GSW_USER_EVENT": "ChainedRecordsDataEnd", "GSW_APPLICATION_ID": 139,
            "GSW_CHAIN_ID": 3, "GSW_REFERENCE_ID": reference(&sent),
        }));
        played.events();
        played
    }

    pub(super) fn at(&self, handle: i64) -> RecordId {
        RecordId {
            application_id: 139,
            handle,
        }
    }

    pub(super) fn state_of(&self, key: &str) -> Json {
        self.state()["records"][key].clone()
    }
}

pub(super) fn reference(sent: &Transmit) -> i64 {
    match sent.data.view().value("GSW_REFERENCE_ID") {
        Some(Value::Int(reference)) => reference,
        other => panic!("{other:?}"),
    }
}

pub(super) fn campaign(event: &str, application: i64, group: &str) -> Json {
    json!({
        "GSW_USER_EVENT": event, "GSW_APPLICATION_ID": application,
        "GSW_CAMPAIGN_NAME": group.split('@').next().unwrap(), "GSW_CAMPAIGN_GROUP_NAME": group,
        "GSW_CAMPAIGN_DESCRIPTION": "", "GSW_CAMPAIGN_GROUP_DESCRIPTION": "",
    })
}

pub(super) fn started(application: i64, group: &str, mode: &str) -> Json {
    let mut event = campaign("CampaignStarted", application, group);
    event["GSW_CAMPAIGN_MODE"] = mode.into();
    event
}

pub(super) fn with(mut message: Json, key: &str, value: impl Into<Json>) -> Json {
    message[key] = value.into();
    message
}

/// A record that comes without having been asked for.
pub(super) fn pushed(application: i64, handle: i64, chain: i64) -> Json {
    json!({
        "GSW_USER_EVENT": "PreviewRecord", "GSW_APPLICATION_ID": application,
        "GSW_RECORD_HANDLE": handle, "GSW_CHAIN_ID": chain, "GSW_CALLING_LIST": "Customers",
        "GSW_CAMPAIGN_NAME": "Spring", "GSW_CAMPAIGN_GROUP_NAME": "Spring@Team 1",
        "GSW_PHONE": format!("+1{handle}"), "GSW_CALL_RESULT": 28, "GSW_TZ_OFFSET": -18000,
    })
}

pub(super) fn scheduled(handle: i64, chain: i64) -> Json {
    with(
        pushed(139, handle, chain),
        "GSW_USER_EVENT",
        "ScheduledCall",
    )
}

pub(super) fn chained(handle: i64, reference: Option<i64>) -> Json {
    let mut event = json!({
        "GSW_USER_EVENT": "ChainedRecord", "GSW_APPLICATION_ID": 139, "GSW_CHAIN_ID": 3,
        "GSW_RECORD_HANDLE": handle, "GSW_CALLING_LIST": "Customers", "GSW_CALL_RESULT": 28,
        "GSW_PHONE": format!("+1{handle}"),
    });
    if let Some(reference) = reference {
        event["GSW_REFERENCE_ID"] = reference.into();
    }
    event
}

/// A request about a record, with what the desktop does not fill in.
pub(super) fn of_record(request: &str, handle: i64) -> Json {
    json!({"GSW_AGENT_REQ_TYPE": request, "GSW_RECORD_HANDLE": handle})
}

/// An answer of another client's, or of a server that repeats no reference ids.
pub(super) fn event(name: &str, handle: i64) -> Json {
    json!({
        "GSW_USER_EVENT": name, "GSW_APPLICATION_ID": 139, "GSW_RECORD_HANDLE": handle,
        "GSW_CALLING_LIST": "Customers", "GSW_CAMPAIGN_NAME": "Spring",
    })
}

pub(super) fn error(code: i64, reference: Option<i64>) -> Json {
    let mut event = json!({
        "GSW_ERROR": "no", "GSW_ERROR_NUMBER": code, "GSW_APPLICATION_ID": 139,
    });
    if let Some(reference) = reference {
        event["GSW_REFERENCE_ID"] = reference.into();
    }
    event
}
