//! The world of one run, and what has to be true in it.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use cti_codec::gsw::desktop::{
    Agent, Desktop, Event, Limits, RecordId, RecordState, RequestId, Settings, Transport,
};
use cti_codec::gsw::simulator::{ComplaintKind, Fault, Habits, Ocs, Plan, Session, Transmit};
use cti_codec::gsw::{AttachedDataBuf, CampaignMode, DesktopMessage, MessageType, keys};
use fastrand::Rng;

pub(super) const DN: &str = "2001";

/// When the user, chance and the losses of the network end.
const WORK: Duration = Duration::from_secs(100);
/// By then the agent may log out, whatever happened: the desktop's own limit, and some.
const END: Duration = Duration::from_secs(800);

/// A mistake that is made on purpose.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Mistake {
    /// Takes a record for finished without saying so to the server.
    ForgetsFinal,
    /// Names the primary in every request.
    SendsHandleToNewServer,
    AsksChainTwice,
    /// Nothing that the server says arrives, and no time passes for the desktop.
    HearsNoAnswer,
}

/// What happened.
#[derive(Clone, Default, Debug)]
pub(super) struct Seen {
    counts: BTreeMap<&'static str, u64>,
}

impl Seen {
    pub(super) fn count(&mut self, what: &'static str) {
        *self.counts.entry(what).or_default() += 1;
    }

    pub(super) fn add(&mut self, other: &Seen) {
        for (what, count) in &other.counts {
            *self.counts.entry(what).or_default() += count;
        }
    }

    /// Each thing that should happen in every twentieth run.
    pub(super) fn all(&self) -> impl Iterator<Item = (&'static str, u64)> {
        const WANTED: [&str; 21] = [
            "record delivered",
            "message lost",
            "doubled",
            "over the limit",
            "another client acts",
            "connection lost",
            "switch-over",
            "server dead",
            "withdrawn",
            "finished",
            "gone",
            "unanswered",
            "sent again",
            "late",
            "foreign",
            "callback noted",
            "chain asked",
            "call",
            "stopped",
            "agent left",
            "record left unfinished",
        ];
        WANTED
            .iter()
            .map(|what| (*what, self.counts.get(what).copied().unwrap_or(0)))
    }
}

pub(super) struct World {
    pub(super) rng: Rng,
    pub(super) ocs: Ocs,
    pub(super) desktop: Desktop,
    /// Another client of the DN, with a user of its own.
    second: Option<Desktop>,
    pub(super) now: Duration,
    pub(super) seen: Seen,
    pub(super) talk: bool,
    mistake: Option<Mistake>,
    /// In flight, by the time of arrival.
    to_server: BTreeMap<(Duration, u64), AttachedDataBuf>,
    to_desktop: BTreeMap<(Duration, u64), Transmit>,
    last: [Duration; 2],
    sequence: u64,
    in_order: bool,
    /// Of 100 messages, so many are lost.
    loss: u8,
    delay: u64,
    /// Of 100 messages of the server, so many come twice.
    twice: u8,
    is_up: bool,
    up_at: Option<Duration>,
    breaks: bool,
    second_client: bool,
    /// The records that reached the desktop, from the server's point of view.
    delivered: BTreeSet<RecordId>,
    /// Those that were too many for the desktop: it has said so, and keeps nothing of them.
    dropped: BTreeSet<RecordId>,
    limits: Limits,
    /// How often each request has ended.
    requests: BTreeMap<RequestId, u32>,
    /// How often the server has said yes to a final request for a record.
    finals: BTreeMap<RecordId, u32>,
    leaving: bool,
    may_log_out: Option<usize>,
}

impl World {
    pub(super) fn new(seed: u64, mistake: Option<Mistake>) -> Self {
        let mut rng = Rng::with_seed(seed);
        let mut plan = Plan {
            seed,
            habits: Habits {
                refuses_unlinked: rng.bool(),
                closes_rest_of_chain: rng.u8(..4) == 0,
                announces_loaded_too: rng.u8(..4) == 0,
                names_refused_request: rng.bool(),
                stale_after: (rng.u8(..4) == 0).then_some(Duration::from_secs(40)),
                finishes_after: Duration::from_secs(8),
                ..Habits::default()
            },
            ..Plan::default()
        };
        plan.applications[0].next_handle = rng.i64(1..400);
        plan.applications[1].next_handle = if rng.bool() {
            // Both servers give the same handles away.
            plan.applications[0].next_handle
        } else {
            rng.i64(1000..2000)
        };
        plan.groups[0].preview_mode_start = rng.u8(..4) > 0;
        plan.groups[1].record_processed = rng.bool();
        if rng.bool() {
            plan.groups[1].session = Session::Started(CampaignMode::PREDICTIVE);
        }
        plan.records.truncate(14 + rng.usize(..16));
        plan.agents.truncate(1 + rng.usize(..2));
        let mut ocs = Ocs::new(plan);
        let second_client = rng.u8(..3) == 0;
        for (fault, in_so_many) in [
            (Fault::Echo, 4),
            (Fault::Unknown, 6),
            (Fault::NumbersAsText, 6),
            (Fault::Hidden, 6),
            (Fault::Errors, 6),
        ] {
            if rng.u8(..in_so_many) == 0 {
                ocs.set_fault(fault, true);
            }
        }
        ocs.set_fault(Fault::SecondClient, second_client);
        let limits = if rng.u8(..8) == 0 {
            Limits {
                records: 3,
                members: 2,
                outstanding: 8,
                remembered: 16,
                ..Limits::default()
            }
        } else {
            Limits::default()
        };
        let settings = Settings {
            limits,
            first_reference_id: rng.i64(1..1 << 30),
            one_at_a_time: rng.u8(..6) == 0,
            ..Settings::default()
        };
        let second = (rng.u8(..5) == 0).then(|| {
            Desktop::new(Settings {
                // Every other one counts from the same number.
                first_reference_id: if rng.bool() {
                    settings.first_reference_id
                } else {
                    rng.i64(1..1 << 30)
                },
                ..Settings::default()
            })
        });
        let second_client = second_client || second.is_some();
        let loss = rng.choice([0, 0, 3, 15]).unwrap();
        let delay = rng.choice([1, 50, 800, 6000]).unwrap();
        let in_order = rng.u8(..4) > 0;
        let breaks = rng.u8(..3) == 0;
        let mut twice = if rng.u8(..4) == 0 { 10 } else { 0 };
        // Nobody can be certain of answers without reference ids where some are lost or doubled.
        if loss == 0 && delay < 1000 && in_order && !breaks && !second_client && rng.bool() {
            ocs.set_fault(Fault::NoReferenceIds, true);
            twice = 0;
        }
        World {
            ocs,
            desktop: Desktop::new(settings.clone()),
            second,
            now: Duration::ZERO,
            seen: Seen::default(),
            talk: false,
            mistake,
            to_server: BTreeMap::new(),
            to_desktop: BTreeMap::new(),
            last: [Duration::ZERO; 2],
            sequence: 0,
            in_order,
            loss,
            delay,
            twice,
            is_up: true,
            up_at: None,
            breaks,
            second_client,
            delivered: BTreeSet::new(),
            dropped: BTreeSet::new(),
            limits: settings.limits.clone(),
            requests: BTreeMap::new(),
            finals: BTreeMap::new(),
            leaving: false,
            may_log_out: None,
            rng,
        }
    }

    fn say(&self, what: impl FnOnce() -> String) {
        if self.talk {
            eprintln!("{:9.3} {}", self.now.as_secs_f64(), what());
        }
    }

    fn arrival(&mut self, way: usize) -> (Duration, u64) {
        let mut at = self.now + Duration::from_millis(self.rng.u64(..self.delay));
        if self.in_order {
            at = at.max(self.last[way]);
            self.last[way] = at;
        }
        self.sequence += 1;
        (at, self.sequence)
    }

    fn is_lost(&mut self) -> bool {
        let lost = self.rng.u8(..100) < self.loss;
        if lost {
            self.seen.count("message lost");
        }
        lost
    }

    pub(super) fn run(mut self) -> Result<Seen, String> {
        let mut next_act = Duration::from_millis(self.rng.u64(..2000));
        let mut steps = 0;
        while self.now < END && self.may_log_out.is_none_or(|_| self.is_busy()) {
            steps += 1;
            if steps > 20_000 {
                return Err("it goes round in circles".into());
            }
            self.exchange()?;
            self.check()?;
            let mut next = [
                self.ocs.poll_timeout(),
                self.desktop.poll_timeout(),
                self.second.as_ref().and_then(Desktop::poll_timeout),
                self.to_server.keys().next().map(|(at, _)| *at),
                self.to_desktop.keys().next().map(|(at, _)| *at),
                self.up_at,
                (self.now < WORK).then_some(next_act),
                (!self.leaving).then_some(WORK),
            ]
            .into_iter()
            .flatten()
            .min()
            .unwrap_or(END);
            if self.mistake == Some(Mistake::HearsNoAnswer) {
                next = next.max(self.now + Duration::from_millis(500));
            }
            self.now = self.now.max(next).min(END);
            self.due();
            if self.now >= next_act && self.now < WORK {
                self.act();
                next_act = self.now + Duration::from_millis(self.rng.u64(..2500));
            }
            if self.now >= WORK && !self.leaving {
                self.leave();
            }
        }
        self.exchange()?;
        self.end()?;
        Ok(self.seen)
    }

    fn is_busy(&self) -> bool {
        !self.to_server.is_empty()
            || !self.to_desktop.is_empty()
            || self.desktop.outstanding().next().is_some()
    }

    /// What the user, chance and the network do in the time of work.
    fn act(&mut self) {
        if self.rng.u8(..3) == 0 {
            self.chance();
        } else if self.breaks && self.is_up && self.rng.u8(..20) == 0 {
            self.seen.count("connection lost");
            self.say(|| "connection lost".into());
            self.is_up = false;
            self.to_server.clear();
            self.to_desktop.clear();
            let down = Duration::from_millis(self.rng.u64(..15_000));
            self.up_at = Some(self.now + down);
            let now = self.now;
            self.both(|desktop| desktop.handle_transport(now, Transport::Down));
        } else if self.second.is_some() && self.rng.u8(..3) == 0 {
            self.seen.count("another client acts");
            self.change_places();
            self.user();
            self.change_places();
        } else {
            self.user();
        }
    }

    /// The other client's turn, or no longer.
    fn change_places(&mut self) {
        if let Some(second) = &mut self.second {
            std::mem::swap(&mut self.desktop, second);
        }
    }

    /// Both clients get the same.
    fn both(&mut self, mut act: impl FnMut(&mut Desktop)) {
        act(&mut self.desktop);
        if let Some(second) = &mut self.second {
            act(second);
        }
    }

    fn due(&mut self) {
        if self.up_at.is_some_and(|at| at <= self.now) {
            self.say(|| "connection back".into());
            (self.up_at, self.is_up) = (None, true);
            let now = self.now;
            self.both(|desktop| desktop.handle_transport(now, Transport::Up));
        }
        while let Some(entry) = self
            .to_server
            .first_entry()
            .filter(|one| one.key().0 <= self.now)
        {
            let data = entry.remove();
            self.ocs.handle_input(self.now, DN, &data);
        }
        while let Some(entry) = self
            .to_desktop
            .first_entry()
            .filter(|one| one.key().0 <= self.now)
        {
            let sent = entry.remove();
            self.deliver(&sent);
        }
        self.ocs.handle_timeout(self.now);
        if self.mistake != Some(Mistake::HearsNoAnswer) {
            let now = self.now;
            self.both(|desktop| desktop.handle_timeout(now));
        }
    }

    fn deliver(&mut self, sent: &Transmit) {
        self.say(|| format!("  desktop <- {:?}", sent.data));
        if self.mistake == Some(Mistake::HearsNoAnswer) && self.leaving {
            return;
        }
        let kind = MessageType::of(&sent.data).ok();
        let brings = sent.is_call
            || matches!(
                kind,
                Some(
                    MessageType::PreviewRecord
                        | MessageType::ScheduledCall
                        | MessageType::ChainedRecord
                )
            );
        if brings {
            let find = |key| sent.data.view().find(key).ok().flatten();
            if let (Some(application_id), Some(handle)) =
                (find(keys::APPLICATION_ID), find(keys::RECORD_HANDLE))
            {
                self.seen.count("record delivered");
                self.delivered.insert(RecordId {
                    application_id,
                    handle,
                });
            }
        }
        if sent.is_call {
            self.seen.count("call");
            let now = self.now;
            self.both(|desktop| {
                desktop.handle_call(now, &sent.data);
            });
        } else {
            let now = self.now;
            self.both(|desktop| desktop.handle_input(now, &sent.data));
        }
    }

    /// Takes what both have to send, and what the desktop tells.
    fn exchange(&mut self) -> Result<(), String> {
        while let Some(sent) = self.ocs.poll_transmit(self.now) {
            self.note_final(&sent)?;
            if sent.dn != DN || !self.is_up || self.is_lost() {
                continue;
            }
            let key = self.arrival(0);
            self.to_desktop.insert(key, sent.clone());
            if self.rng.u8(..100) < self.twice {
                self.seen.count("doubled");
                let key = self.arrival(0);
                self.to_desktop.insert(key, sent);
            }
        }
        while let Some(sent) = self.second.as_mut().and_then(Desktop::poll_transmit) {
            self.say(|| format!("another -> {:?}", sent.data));
            if self.is_up && !self.is_lost() {
                let key = self.arrival(1);
                self.to_server.insert(key, sent.data);
            }
        }
        while let Some(_told) = self.second.as_mut().and_then(Desktop::poll_event) {}
        while let Some(sent) = self.desktop.poll_transmit() {
            self.say(|| {
                format!(
                    "desktop -> {:?}{}",
                    sent.data,
                    if sent.again { " again" } else { "" }
                )
            });
            self.requests.entry(sent.request).or_insert(0);
            if sent.again {
                self.seen.count("sent again");
            }
            if sent.message_type == MessageType::ChainedRecordRequest {
                self.seen.count("chain asked");
            }
            let Some(data) = self.wrong(sent.message_type, sent.data) else {
                continue;
            };
            self.check_handle(&data)?;
            if self.is_up && !self.is_lost() {
                let key = self.arrival(1);
                self.to_server.insert(key, data);
            }
        }
        while let Some(event) = self.desktop.poll_event() {
            self.say(|| format!("    {event:?}"));
            self.note(&event)?;
        }
        Ok(())
    }

    /// Makes the mistake of a wrong desktop.
    fn wrong(&mut self, kind: MessageType, mut data: AttachedDataBuf) -> Option<AttachedDataBuf> {
        match self.mistake {
            Some(Mistake::ForgetsFinal) if kind == MessageType::RecordProcessed => {
                let request = DesktopMessage::from_attached_data(&data).ok()?;
                let yes = request.acknowledgement()?.to_attached_data_as_received();
                self.desktop.handle_input(self.now, &yes);
                return None;
            }
            Some(Mistake::SendsHandleToNewServer)
                if data.view().value(keys::RECORD_HANDLE.name()).is_some() =>
            {
                data.set(keys::APPLICATION_ID, self.ocs.primary());
            }
            Some(Mistake::AsksChainTwice) if kind == MessageType::ChainedRecordRequest => {
                let mut again = data.clone();
                again.set(keys::REFERENCE_ID, 77);
                let key = self.arrival(1);
                self.to_server.insert(key, again);
            }
            _ => {}
        }
        Some(data)
    }

    /// No handle goes to another application.
    fn check_handle(&self, data: &AttachedDataBuf) -> Result<(), String> {
        let find = |key| data.view().find(key).ok().flatten();
        if let (Some(application_id), Some(handle)) =
            (find(keys::APPLICATION_ID), find(keys::RECORD_HANDLE))
        {
            let id = RecordId {
                application_id,
                handle,
            };
            // Acknowledgements of another client's name records, too.
            if !self.delivered.contains(&id) {
                return Err(format!(
                    "{handle} goes to another application, {application_id}"
                ));
            }
        }
        Ok(())
    }

    /// No record is finished twice.
    fn note_final(&mut self, sent: &Transmit) -> Result<(), String> {
        let kind = MessageType::of(&sent.data).ok();
        let is_final = matches!(
            kind,
            Some(
                MessageType::RecordProcessedAcknowledge
                    | MessageType::RecordRejectAcknowledge
                    | MessageType::RecordCancelAcknowledge
                    | MessageType::DoNotCallAcknowledge
            )
        );
        let find = |key| sent.data.view().find(key).ok().flatten();
        let (application_id, handle) = (find(keys::APPLICATION_ID), find(keys::RECORD_HANDLE));
        let (true, Some(application_id), Some(handle)) = (is_final, application_id, handle) else {
            return Ok(());
        };
        let id = RecordId {
            application_id,
            handle,
        };
        let count = self.finals.entry(id).or_insert(0);
        *count += 1;
        if *count > 1 {
            return Err(format!("{id:?} is ended twice"));
        }
        Ok(())
    }

    fn note(&mut self, event: &Event) -> Result<(), String> {
        use cti_codec::gsw::desktop::EndCause;
        let ended = match event {
            Event::Done { request, .. } | Event::Refused { request, .. } => Some(request),
            Event::StatusOver { request, .. } => Some(request),
            Event::Unanswered { request, .. } => {
                self.seen.count("unanswered");
                Some(request)
            }
            Event::Lost { request, .. } => Some(request),
            Event::Late { .. } => {
                self.seen.count("late");
                None
            }
            Event::Foreign { .. } => {
                self.seen.count("foreign");
                None
            }
            Event::OverLimit { record, .. } => {
                self.seen.count("over the limit");
                self.dropped.insert(*record);
                None
            }
            Event::CallbackNoted { .. } => {
                self.seen.count("callback noted");
                None
            }
            Event::Ended { why, .. } => {
                match why {
                    EndCause::Withdrawn => self.seen.count("withdrawn"),
                    EndCause::Gone => self.seen.count("gone"),
                    _ => self.seen.count("finished"),
                }
                None
            }
            Event::MayLogOut { owed } => {
                self.may_log_out = Some(*owed);
                let shown = self.desktop.records().count();
                if *owed > shown {
                    return Err(format!("{owed} records are owed and {shown} shown"));
                }
                None
            }
            _ => None,
        };
        if let Some(request) = ended {
            // What was given up before it was sent ends, too.
            let count = self.requests.entry(*request).or_insert(0);
            *count += 1;
            if *count > 1 {
                return Err(format!("{event:?}: the request ends again"));
            }
        }
        Ok(())
    }

    /// What holds at any time.
    fn check(&mut self) -> Result<(), String> {
        for complaint in self.ocs.complaints() {
            match complaint.kind {
                ComplaintKind::OtherApplication { .. } => {
                    return Err(format!("goes to another application: {complaint}"));
                }
                // A user may ask a chain that was cut off again; this one does not.
                ComplaintKind::ChainAgain { .. } if !self.second_client => {
                    return Err(complaint.to_string());
                }
                _ => {}
            }
        }
        if let Some(mistake) = self.ocs.mistakes().first() {
            return Err(format!("the server's mistake: {mistake}"));
        }
        let waiting = self.desktop.outstanding().count();
        let limits = &self.limits;
        if waiting > limits.outstanding || self.desktop.records().count() > limits.records {
            return Err("more is kept than the limits say".into());
        }
        let finishing =
            |record: cti_codec::gsw::desktop::Record<'_>| record.state == RecordState::Finishing;
        let waits = waiting > 0 || self.desktop.records().any(finishing);
        if waits && self.is_up && self.desktop.poll_timeout().is_none() {
            return Err("something waits without a deadline".into());
        }
        if self.to_server.is_empty() && self.to_desktop.is_empty() {
            self.check_owed()?;
        }
        Ok(())
    }

    /// What is on the desktop by the server's books is owed by the desktop's.
    fn check_owed(&self) -> Result<(), String> {
        for one in self.ocs.on_desktop(DN) {
            let id = RecordId {
                application_id: one.application_id,
                handle: one.record_handle,
            };
            let known = self.delivered.contains(&id) && !self.dropped.contains(&id);
            if known && self.desktop.record(id).is_none() {
                return Err(format!("{id:?} is on the desktop and not owed"));
            }
        }
        Ok(())
    }

    /// The agent has had enough, and the network is sound from now on.
    fn leave(&mut self) {
        self.leaving = true;
        self.second = None;
        (self.loss, self.twice) = (0, 0);
        self.ocs.set_fault(Fault::SecondClient, false);
        self.ocs.set_fault(Fault::Errors, false);
        if !self.is_up {
            (self.up_at, self.is_up) = (None, true);
            self.desktop.handle_transport(self.now, Transport::Up);
        }
        self.say(|| "log out".into());
        self.desktop.log_out(self.now);
    }

    /// What holds at the end.
    fn end(&mut self) -> Result<(), String> {
        let Some(owed) = self.may_log_out else {
            return Err(format!("the agent may not log out, after {:?}", self.now));
        };
        if owed > 0 {
            self.seen.count("record left unfinished");
        }
        if self.desktop.outstanding().next().is_some() {
            return Err("something is outstanding at the end".into());
        }
        if let Some((request, _)) = self.requests.iter().find(|(_, ends)| **ends != 1) {
            return Err(format!("{request:?} has not ended"));
        }
        self.check_owed()?;
        // Whoever owes nothing leaves nothing behind.
        self.seen.count("agent left");
        self.desktop.handle_agent(self.now, Agent::LoggedOut);
        if self.desktop.records().next().is_some() {
            return Err("records are left after the log-out".into());
        }
        Ok(())
    }
}
