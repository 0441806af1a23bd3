//! A desktop under any input at any time.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use cti_codec::gsw::desktop::{
    Agent, Callback, CampaignId, Changes, Desktop, End, Event, Finish, Limits, Outstanding,
    Preview, RecordId, RecordState, RequestId, Settings, Transport,
};
use cti_codec::gsw::{
    AttachedData, AttachedDataBuf, CallResult, CallbackType, ChainAttr, DesktopMessage,
    MessageType, Treatment, Value,
};

/// Takes what an input decides, and zeros when there is no more.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        *first
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[usize::from(self.byte()) % choices.len()]
    }

    fn some(&mut self) -> &'a [u8] {
        let length = usize::from(self.byte()).min(self.0.len());
        let (some, rest) = self.0.split_at(length);
        self.0 = rest;
        some
    }
}

const APPLICATIONS: [Option<i64>; 5] = [Some(139), Some(139), Some(141), Some(0), None];
const GROUPS: [Option<&str>; 4] = [Some("C1@A"), Some("C1@B"), Some("C2@A"), None];

/// What is known of a desktop from outside.
struct Watched {
    desktop: Desktop,
    limits: Limits,
    now: Duration,
    up: bool,
    pending: BTreeSet<RequestId>,
    forced: BTreeSet<RequestId>,
    /// Handles, and the servers that they came from.
    handles: BTreeSet<(i64, i64)>,
    /// Requests of late, answered or not.
    recent: Vec<Outstanding>,
}

fn integer(data: AttachedData<'_>, key: &str) -> Option<i64> {
    match data.value(key) {
        Some(Value::Int(number)) => Some(number),
        _ => None,
    }
}

impl Watched {
    /// Takes what is to be sent and what happened, and looks whether it may be so.
    fn drain(&mut self) {
        while let Some(sent) = self.desktop.poll_transmit() {
            assert!(self.up, "sent without a connection");
            let data = sent.data.view();
            assert_eq!(MessageType::of(data), Ok(sent.message_type));
            assert!(integer(data, "GSW_REFERENCE_ID").is_some());
            self.pending.insert(sent.request);
            let record =
                integer(data, "GSW_APPLICATION_ID").zip(integer(data, "GSW_RECORD_HANDLE"));
            if let Some(record) = record
                && !self.forced.contains(&sent.request)
            {
                assert!(
                    self.handles.contains(&record),
                    "{record:?} is of another server: {data:?} {:?}",
                    self.forced
                );
            }
        }
        let mut ended = Vec::new();
        while let Some(event) = self.desktop.poll_event() {
            match event {
                Event::Done { request, .. }
                | Event::Refused { request, .. }
                | Event::Unanswered { request, .. }
                | Event::Lost { request, .. }
                | Event::StatusOver { request, .. } => ended.push(request),
                Event::Missed(_) => panic!("events are polled"),
                Event::Unknown(data) => assert!(data.view().len() <= 1 << 16),
                _ => {}
            }
        }
        for request in ended {
            assert!(self.pending.remove(&request), "{request:?} ended before");
        }
    }

    fn check(&mut self) {
        let desktop = &self.desktop;
        let outstanding: Vec<_> = desktop.outstanding().collect();
        assert!(outstanding.len() <= self.limits.outstanding);
        assert!(self.up || outstanding.is_empty());
        for request in &outstanding {
            self.pending.insert(request.id);
            if self.recent.iter().all(|known| known.id != request.id) {
                self.recent.push(*request);
            }
        }
        if self.recent.len() > 16 {
            self.recent.drain(..8);
        }
        let waits: BTreeSet<RequestId> = outstanding.iter().map(|request| request.id).collect();
        assert_eq!(waits, self.pending, "what is not ended is waited for");
        let deadline = desktop.poll_timeout();
        assert!(outstanding.is_empty() || deadline.is_some());
        assert!(desktop.campaigns().count() <= self.limits.campaigns);
        assert!(desktop.records().count() <= self.limits.records);
        let finals: BTreeSet<RecordId> = outstanding
            .iter()
            .filter(|request| {
                matches!(
                    request.message_type,
                    MessageType::RecordProcessed
                        | MessageType::RecordReject
                        | MessageType::RequestRecordCancel
                        | MessageType::DoNotCall
                )
            })
            .filter_map(|request| request.record)
            .collect();
        for record in desktop.records() {
            if record.state == RecordState::Finishing {
                assert!(finals.contains(&record.id), "nobody ends {:?}", record.id);
            }
            if let Some(chain) = record.chain {
                let chain = desktop.chain(chain).expect("the chain of a record");
                assert!(chain.members.contains(&record.id.handle));
            }
        }
        for chain in desktop.chains() {
            assert!(!chain.members.is_empty());
            for handle in chain.members {
                let id = RecordId {
                    application_id: chain.id.application_id,
                    handle: *handle,
                };
                assert!(desktop.record(id).is_some());
            }
        }
        let named: BTreeMap<_, _> = desktop
            .campaigns()
            .map(|campaign| (campaign.name(), campaign.id))
            .collect();
        assert_eq!(named.len(), desktop.campaigns().count(), "one of a name");
        let retired: Vec<i64> = desktop.retired().collect();
        assert!(
            desktop
                .campaigns()
                .all(|it| !retired.contains(&it.application_id))
        );
    }

    fn reference(&self, bytes: &mut Bytes<'_>) -> Option<i64> {
        match bytes.byte() % 4 {
            0 => None,
            1 => Some(i64::from(bytes.byte())),
            _ => {
                let at = usize::from(bytes.byte()) % 8;
                self.desktop.outstanding().nth(at).map(|it| it.reference_id)
            }
        }
    }

    fn pairs(&mut self, bytes: &mut Bytes<'_>, kind: MessageType) -> AttachedDataBuf {
        let mut data = AttachedDataBuf::new();
        let layout = kind.layout();
        match layout.value {
            Some(value) => data.push(layout.key, value),
            None => {
                data.push("GSW_ERROR_NUMBER", i64::from(101 + bytes.byte() % 21));
                let texts = [
                    "PreviewDialingModeStart is required",
                    "There is no 'Auto' campaign started",
                    "no",
                ];
                data.push("GSW_ERROR", bytes.of(&texts));
            }
        }
        let application = bytes.of(&APPLICATIONS);
        if let Some(application) = application {
            data.push("GSW_APPLICATION_ID", application);
        }
        if let Some(reference) = self.reference(bytes) {
            data.push("GSW_REFERENCE_ID", reference);
        }
        let handle = i64::from(bytes.byte() % 12);
        if handle > 0 {
            data.push("GSW_RECORD_HANDLE", handle);
        }
        let chain = bytes.byte() % 5;
        if chain > 0 {
            data.push("GSW_CHAIN_ID", i64::from(chain));
        }
        if let Some(group) = bytes.of(&GROUPS) {
            data.push("GSW_CAMPAIGN_GROUP_NAME", group);
        }
        if let Some(campaign) = bytes.of(&[Some("C1"), Some("C1"), Some("C2"), None]) {
            data.push("GSW_CAMPAIGN_NAME", campaign);
        }
        if !bytes.byte().is_multiple_of(8) {
            data.push("GSW_CALLING_LIST", bytes.of(&["L", "L", "M"]));
        }
        let extra = bytes.byte();
        if extra & 1 > 0 {
            data.push("GSW_CHAIN_ATTR", bytes.of(&["AllChain", "RecordOnly", "?"]));
        }
        if extra & 2 > 0 {
            data.push("GSW_PHONE", bytes.of(&["+1", "+2"]));
        }
        if extra & 4 > 0 {
            data.push("GSW_CALL_RESULT", i64::from(bytes.byte()));
        }
        if extra & 8 > 0 {
            data.push("GSW_LOGOUT_TIME", i64::from(bytes.byte()));
            data.push("GSW_READY_TIME", i64::from(bytes.byte()));
        }
        data.push(
            "GSW_CAMPAIGN_MODE",
            bytes.of(&["Preview", "Preview", "Predictive"]),
        );
        data
    }

    /// Notes the handles that servers give. One without a server is of any.
    fn note(&mut self, data: AttachedData<'_>) {
        if let Some(handle) = integer(data, "GSW_RECORD_HANDLE") {
            match integer(data, "GSW_APPLICATION_ID").filter(|id| *id > 0) {
                Some(application) => {
                    self.handles.insert((application, handle));
                }
                None => {
                    for application in [139, 141] {
                        self.handles.insert((application, handle));
                    }
                }
            }
        }
    }

    fn record(&self, bytes: &mut Bytes<'_>) -> Option<RecordId> {
        let at = usize::from(bytes.byte()) % 8;
        self.desktop.records().nth(at).map(|record| record.id)
    }

    fn campaign(&self, bytes: &mut Bytes<'_>) -> Option<CampaignId> {
        let at = usize::from(bytes.byte()) % 4;
        self.desktop.campaigns().nth(at).map(|it| it.id)
    }

    fn finish(&mut self, bytes: &mut Bytes<'_>) {
        let Some(id) = self.record(bytes) else {
            return;
        };
        let choice = bytes.byte();
        let at = cti_codec::jiff::civil::date(2027, 5, 27).at(10, 30, 0, 0);
        let callback = Callback {
            callback_type: CallbackType::PERSONAL,
            at: at.try_into().expect("whole minutes"),
        };
        let finish = Finish {
            changes: Changes {
                call_result: (choice & 1 > 0).then_some(CallResult::ANSWER),
                ..Changes::default()
            },
            callback: (choice & 2 > 0).then_some(callback),
            treatment: (choice & 4 > 0).then_some(Treatment::CAMPAIGN),
            end: match choice >> 4 {
                0..=9 => End::Processed,
                10 | 11 => End::Reject,
                12 | 13 => End::Cancel {
                    scope: ChainAttr::ALL_CHAIN,
                },
                _ => End::DoNotCall {
                    scope: ChainAttr::RECORD_ONLY,
                    message: None,
                },
            },
        };
        if let Ok(request) = self.desktop.finish(self.now, id, &finish) {
            self.pending.insert(request);
        }
    }

    fn submit(&mut self, bytes: &mut Bytes<'_>, force: bool) {
        let requests: Vec<_> = MessageType::ALL
            .iter()
            .filter(|kind| kind.is_request())
            .copied()
            .collect();
        let kind = bytes.of(&requests);
        let data = self.pairs(bytes, kind);
        let Ok(message) = DesktopMessage::from_attached_data(&data) else {
            return;
        };
        if force {
            if let Ok(request) = self.desktop.force(self.now, &message) {
                self.pending.insert(request);
                self.forced.insert(request);
            }
        } else if let Ok(request) = self.desktop.request(self.now, &message) {
            self.pending.insert(request);
        }
    }

    /// An answer that fits a request which was made lately, or nearly does.
    fn answer(&mut self, bytes: &mut Bytes<'_>) {
        let late = bytes.byte() % 4 == 1;
        let at = usize::from(bytes.byte()) % 8;
        let waiting = self.desktop.outstanding().nth(at);
        let Some(request) = waiting
            .filter(|_| !late)
            .or_else(|| self.recent.get(at).copied())
        else {
            return;
        };
        let kind = bytes.of(request.message_type.answered_by());
        let mut data = AttachedDataBuf::new();
        let layout = kind.layout();
        data.push(layout.key, layout.value.unwrap_or_default());
        if layout.value.is_none() || layout.key == "GSW_AGENT_REQ_TYPE" {
            data.remove("GSW_ERROR_NUMBER");
            data.push("GSW_ERROR_NUMBER", i64::from(101 + bytes.byte() % 21));
            data.push(
                "GSW_ERROR",
                bytes.of(&["PreviewDialingModeStart is required", "no"]),
            );
        }
        if let Some(application) = request.application_id {
            data.push("GSW_APPLICATION_ID", application);
        }
        if !bytes.byte().is_multiple_of(4) {
            data.push("GSW_REFERENCE_ID", request.reference_id);
        }
        let handle = match (kind, request.record) {
            (MessageType::ChainedRecord | MessageType::PreviewRecord, _) | (_, None) => {
                Some(i64::from(1 + bytes.byte() % 11))
            }
            (_, Some(record)) => bytes.of(&[Some(record.handle), None]),
        };
        let by_contact = request.record.is_none() && kind != MessageType::PreviewRecord;
        if let Some(handle) = handle.filter(|_| !by_contact) {
            data.push("GSW_RECORD_HANDLE", handle);
        }
        if bytes.byte().is_multiple_of(2) {
            data.push("GSW_CHAIN_ID", i64::from(1 + bytes.byte() % 4));
            data.push("GSW_LOGOUT_TIME", i64::from(bytes.byte()));
        }
        self.note(data.view());
        self.desktop.handle_input(self.now, &data);
    }

    fn step(&mut self, bytes: &mut Bytes<'_>) {
        match bytes.byte() % 32 {
            24..=31 => self.answer(bytes),
            0..=10 => {
                let events: Vec<_> = MessageType::ALL
                    .iter()
                    .filter(|kind| !kind.is_request() && **kind != MessageType::StatEvent)
                    .copied()
                    .collect();
                let kind = bytes.of(&events);
                let data = self.pairs(bytes, kind);
                self.note(data.view());
                self.desktop.handle_input(self.now, &data);
            }
            11 => {
                let data = self.pairs(bytes, MessageType::PreviewRecord);
                self.note(data.view());
                self.desktop.handle_call(self.now, &data);
            }
            12 | 13 => {
                self.now += Duration::from_millis(u64::from(bytes.byte()) * 100);
                self.desktop.handle_timeout(self.now);
            }
            14 | 15 => self.submit(bytes, false),
            16 => self.submit(bytes, true),
            17 => self.finish(bytes),
            18 => {
                let wish = match bytes.byte() % 4 {
                    0 => Preview::Off,
                    1 => Preview::Link,
                    2 => Preview::Next,
                    _ => Preview::Keep(2),
                };
                if let Some(campaign) = self.campaign(bytes) {
                    let _ = self.desktop.preview(self.now, campaign, wish);
                }
            }
            19 => self.desktop.log_out(self.now),
            20 => {
                self.up = !self.up;
                let state = if self.up {
                    Transport::Up
                } else {
                    Transport::Down
                };
                self.desktop.handle_transport(self.now, state);
            }
            21 => {
                let state = if bytes.byte().is_multiple_of(2) {
                    Agent::LoggedIn
                } else {
                    Agent::LoggedOut
                };
                self.desktop.handle_agent(self.now, state);
            }
            22 => {
                if let Ok(data) = AttachedData::unpack(bytes.some()) {
                    self.note(data);
                    self.desktop.handle_input(self.now, data);
                }
            }
            _ => {
                if let Some(record) = self.record(bytes) {
                    let _ = self.desktop.forget(self.now, record);
                }
            }
        }
    }
}

/// A desktop and whatever comes: each request ends once, no handle goes to another server, what it
/// keeps is bounded, and nothing waits without a deadline.
pub fn desktop(data: &[u8]) {
    let mut bytes = Bytes(data);
    let limits = Limits {
        campaigns: 3,
        records: 2 + usize::from(bytes.byte() % 8),
        records_with_data: usize::from(bytes.byte() % 4),
        members: 2 + usize::from(bytes.byte() % 3),
        outstanding: 1 + usize::from(bytes.byte() % 8),
        remembered: 1 + usize::from(bytes.byte() % 16),
        events: 100_000,
        ..Limits::default()
    };
    let options = bytes.byte();
    let settings = Settings {
        first_reference_id: 1000,
        automatic: options & 1 > 0,
        one_at_a_time: options & 2 > 0,
        preview_in_any_mode: options & 4 > 0,
        ask_again_after_estimate: options & 8 > 0,
        limits: limits.clone(),
        ..Settings::default()
    };
    let mut watched = Watched {
        desktop: Desktop::new(settings),
        limits,
        now: Duration::ZERO,
        up: true,
        pending: BTreeSet::new(),
        forced: BTreeSet::new(),
        handles: BTreeSet::new(),
        recent: Vec::new(),
    };
    while !bytes.0.is_empty() {
        watched.step(&mut bytes);
        watched.drain();
        watched.check();
    }
    // Left alone, everything under way comes to its end.
    watched.desktop.handle_agent(watched.now, Agent::LoggedOut);
    watched.drain();
    for _ in 0..5000 {
        let Some(at) = watched.desktop.poll_timeout() else {
            break;
        };
        watched.now = watched.now.max(at);
        watched.desktop.handle_timeout(watched.now);
        watched.drain();
        watched.check();
    }
    assert_eq!(watched.desktop.outstanding().count(), 0);
    assert_eq!(watched.desktop.poll_timeout(), None);
    assert!(watched.pending.is_empty());
}
