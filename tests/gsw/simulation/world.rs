//! The world of one run, and what has to be true in it.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use cti_codec::gsw::desktop::{Agent, Desktop, Event, Limits, RecordId, Settings, Transport};
use cti_codec::gsw::simulator::{ComplaintKind, Fault, Habits, Ocs, Plan, Session, Transmit};
use cti_codec::gsw::{AttachedDataBuf, CampaignMode, DesktopMessage, MessageType, keys};
use fastrand::Rng;

use super::desk::{Desk, record};
use super::seen::Seen;

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

pub(super) struct World {
    pub(super) rng: Rng,
    pub(super) ocs: Ocs,
    /// The agent whose turn it is, and the others.
    pub(super) desk: Desk,
    others: VecDeque<Desk>,
    pub(super) now: Duration,
    pub(super) seen: Seen,
    pub(super) talk: bool,
    mistake: Option<Mistake>,
    sequence: u64,
    in_order: bool,
    /// Of 100 messages, so many are lost.
    loss: u8,
    delay: u64,
    /// Of 100 messages of the server, so many come twice.
    twice: u8,
    breaks: bool,
    second_client: bool,
    /// Whether a record was added.
    adds: bool,
    /// How often the server has said yes to a final request for a record.
    finals: BTreeMap<RecordId, u32>,
    leaving: bool,
}

/// An agent's desktop, and whether another client is on its DN.
fn desk(dn: &'static str, rng: &mut Rng) -> (Desk, bool) {
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
    let (limits, has_second) = (settings.limits.clone(), second.is_some());
    let desk = Desk::new(dn, Desktop::new(settings), second, limits);
    (desk, has_second)
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
        let agents = 1 + rng.usize(..2);
        plan.agents.truncate(agents);
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
        let (first, mut second) = desk("2001", &mut rng);
        let mut others = VecDeque::new();
        if agents > 1 {
            let (other, has_second) = desk("2002", &mut rng);
            others.push_back(other);
            second |= has_second;
        }
        let second_client = second_client || second;
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
            desk: first,
            others,
            now: Duration::ZERO,
            seen: Seen::default(),
            talk: false,
            mistake,
            sequence: 0,
            in_order,
            loss,
            delay,
            twice,
            breaks,
            second_client,
            adds: false,
            finals: BTreeMap::new(),
            leaving: false,
            rng,
        }
    }

    pub(super) fn say(&self, what: impl FnOnce() -> String) {
        if self.talk {
            eprintln!("{:9.3} {} {}", self.now.as_secs_f64(), self.desk.dn, what());
        }
    }

    fn arrival(&mut self, way: usize) -> (Duration, u64) {
        let mut at = self.now + Duration::from_millis(self.rng.u64(..self.delay));
        if self.in_order {
            at = at.max(self.desk.last[way]);
            self.desk.last[way] = at;
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

    /// Does something for each agent in turn.
    fn each(&mut self, mut act: impl FnMut(&mut Self) -> Result<(), String>) -> Result<(), String> {
        for _ in 0..=self.others.len() {
            act(self)?;
            self.next_turn();
        }
        Ok(())
    }

    fn next_turn(&mut self) {
        if let Some(next) = self.others.pop_front() {
            let before = std::mem::replace(&mut self.desk, next);
            self.others.push_back(before);
        }
    }

    /// Looks whether something holds for any agent.
    fn any(&self, is: impl Fn(&Desk) -> bool) -> bool {
        is(&self.desk) || self.others.iter().any(is)
    }

    pub(super) fn run(mut self) -> Result<Seen, String> {
        let mut next_act = Duration::from_millis(self.rng.u64(..2000));
        let mut steps = 0;
        let goes_on = |desk: &Desk| desk.may_log_out.is_none() || desk.is_busy();
        while self.now < END && self.any(goes_on) {
            steps += 1;
            if steps > 20_000 {
                return Err("it goes round in circles".into());
            }
            self.exchange()?;
            self.check()?;
            let due = self.others.iter().map(Desk::next_due);
            let mut next = due
                .chain([
                    self.desk.next_due(),
                    self.ocs.poll_timeout(),
                    (self.now < WORK).then_some(next_act),
                    (!self.leaving).then_some(WORK),
                ])
                .flatten()
                .min()
                .unwrap_or(END);
            if self.mistake == Some(Mistake::HearsNoAnswer) {
                next = next.max(self.now + Duration::from_millis(500));
            }
            self.now = self.now.max(next).min(END);
            self.due()?;
            if self.now >= next_act && self.now < WORK {
                if !self.others.is_empty() && self.rng.u8(..3) == 0 {
                    self.seen.count("another agent acts");
                    self.next_turn();
                }
                self.act();
                next_act = self.now + Duration::from_millis(self.rng.u64(..2500));
            }
            if self.now >= WORK && !self.leaving {
                self.leave()?;
            }
        }
        self.exchange()?;
        self.end()?;
        Ok(self.seen)
    }

    /// What the user, chance and the network do in the time of work.
    fn act(&mut self) {
        if self.rng.u8(..3) == 0 {
            self.chance();
        } else if self.breaks && self.desk.is_up && self.rng.u8(..20) == 0 {
            self.seen.count("connection lost");
            self.say(|| "connection lost".into());
            let down = Duration::from_millis(self.rng.u64(..15_000));
            let now = self.now;
            let desk = &mut self.desk;
            desk.is_up = false;
            desk.to_server.clear();
            desk.to_desktop.clear();
            desk.up_at = Some(now + down);
            desk.both(|desktop| desktop.handle_transport(now, Transport::Down));
        } else if self.desk.second.is_some() && self.rng.u8(..3) == 0 {
            self.seen.count("another client acts");
            self.desk.change_places();
            self.user();
            self.desk.change_places();
        } else {
            self.user();
        }
    }

    /// Does what is due by now, on all sides.
    fn due(&mut self) -> Result<(), String> {
        self.each(|world| {
            let now = world.now;
            if world.desk.up_at.is_some_and(|at| at <= now) {
                world.say(|| "connection back".into());
                let desk = &mut world.desk;
                (desk.up_at, desk.is_up) = (None, true);
                desk.both(|desktop| desktop.handle_transport(now, Transport::Up));
            }
            let due = |key: &(Duration, u64)| key.0 <= now;
            while let Some(entry) = world.desk.to_server.first_entry()
                && due(entry.key())
            {
                let data = entry.remove();
                world.ocs.handle_input(now, world.desk.dn, &data);
            }
            while let Some(entry) = world.desk.to_desktop.first_entry()
                && due(entry.key())
            {
                let sent = entry.remove();
                world.say(|| format!("  desktop <- {:?}", sent.data));
                if world.mistake != Some(Mistake::HearsNoAnswer) || !world.leaving {
                    world.desk.deliver(now, &sent, &mut world.seen);
                }
            }
            if world.mistake != Some(Mistake::HearsNoAnswer) {
                world.desk.both(|desktop| desktop.handle_timeout(now));
            }
            Ok(())
        })?;
        self.ocs.handle_timeout(self.now);
        Ok(())
    }

    /// Takes what all have to send, and what the desktops tell.
    fn exchange(&mut self) -> Result<(), String> {
        while let Some(sent) = self.ocs.poll_transmit(self.now) {
            self.note_final(&sent)?;
            self.each(|world| {
                if sent.dn == world.desk.dn {
                    world.post(&sent);
                }
                Ok(())
            })?;
        }
        self.each(Self::exchange_one)
    }

    /// Puts a message of the server on its way.
    fn post(&mut self, sent: &Transmit) {
        if !self.desk.is_up || self.is_lost() {
            return;
        }
        let key = self.arrival(0);
        self.desk.to_desktop.insert(key, sent.clone());
        if self.rng.u8(..100) < self.twice {
            self.seen.count("doubled");
            let key = self.arrival(0);
            self.desk.to_desktop.insert(key, sent.clone());
        }
    }

    fn exchange_one(&mut self) -> Result<(), String> {
        while let Some(sent) = self.desk.second.as_mut().and_then(Desktop::poll_transmit) {
            self.say(|| format!("another -> {:?}", sent.data));
            self.desk.note_sent(1, sent.data.view());
            if self.desk.is_up && !self.is_lost() {
                let key = self.arrival(1);
                self.desk.to_server.insert(key, sent.data);
            }
        }
        while let Some(_told) = self.desk.second.as_mut().and_then(Desktop::poll_event) {}
        while let Some(sent) = self.desk.desktop.poll_transmit() {
            let again = if sent.again { " again" } else { "" };
            self.say(|| format!("desktop -> {:?}{again}", sent.data));
            self.desk.note_request(sent.request);
            self.desk.note_sent(0, sent.data.view());
            if sent.again {
                self.seen.count("sent again");
            }
            if sent.message_type == MessageType::ChainedRecordRequest {
                self.seen.count("chain asked");
            }
            self.adds |= sent.message_type == MessageType::AddRecord;
            let Some(data) = self.wrong(sent.message_type, sent.data) else {
                continue;
            };
            self.desk.check_handle(data.view())?;
            if self.desk.is_up && !self.is_lost() {
                let key = self.arrival(1);
                self.desk.to_server.insert(key, data);
            }
        }
        let told: Vec<Event> = std::iter::from_fn(|| self.desk.desktop.poll_event()).collect();
        for (number, event) in told.iter().enumerate() {
            self.say(|| format!("    {event:?}"));
            let since = told[number..].iter();
            let ended = since
                .filter(|one| matches!(one, Event::Ended { .. }))
                .count();
            self.desk.note(event, ended, &mut self.seen)?;
        }
        Ok(())
    }

    /// Makes the mistake of a wrong desktop.
    fn wrong(&mut self, kind: MessageType, mut data: AttachedDataBuf) -> Option<AttachedDataBuf> {
        match self.mistake {
            Some(Mistake::ForgetsFinal) if kind == MessageType::RecordProcessed => {
                let request = DesktopMessage::from_attached_data(&data).ok()?;
                let yes = request.acknowledgement()?.to_attached_data_as_received();
                self.desk.desktop.handle_input(self.now, &yes);
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
                self.desk.to_server.insert(key, again);
            }
            _ => {}
        }
        Some(data)
    }

    /// No record is finished twice.
    fn note_final(&mut self, sent: &Transmit) -> Result<(), String> {
        let is_final = matches!(
            MessageType::of(&sent.data),
            Ok(MessageType::RecordProcessedAcknowledge
                | MessageType::RecordRejectAcknowledge
                | MessageType::RecordCancelAcknowledge
                | MessageType::DoNotCallAcknowledge)
        );
        let Some(id) = record(sent.data.view()).filter(|_| is_final) else {
            return Ok(());
        };
        let count = self.finals.entry(id).or_insert(0);
        *count += 1;
        if *count > 1 {
            return Err(format!("{id:?} is ended twice"));
        }
        Ok(())
    }

    /// What holds at any time.
    fn check(&self) -> Result<(), String> {
        for complaint in self.ocs.complaints() {
            match complaint.kind {
                ComplaintKind::OtherApplication { .. } => {
                    return Err(format!("goes to another application: {complaint}"));
                }
                // A user may ask a chain that was cut off again; this one does not. Where messages
                // overtake each other, what was added after the question may be in its answer.
                ComplaintKind::ChainAgain { .. }
                    if !self.second_client && (self.in_order || !self.adds) =>
                {
                    return Err(complaint.to_string());
                }
                _ => {}
            }
        }
        if let Some(mistake) = self.ocs.mistakes().first() {
            return Err(format!("the server's mistake: {mistake}"));
        }
        self.desk.check(&self.ocs)?;
        for other in &self.others {
            other.check(&self.ocs)?;
            self.desk.check_apart(other)?;
        }
        Ok(())
    }

    /// The agents have had enough, and the network is sound from now on.
    fn leave(&mut self) -> Result<(), String> {
        self.leaving = true;
        (self.loss, self.twice) = (0, 0);
        self.ocs.set_fault(Fault::SecondClient, false);
        self.ocs.set_fault(Fault::Errors, false);
        self.each(|world| {
            let now = world.now;
            world.desk.second = None;
            if !world.desk.is_up {
                (world.desk.up_at, world.desk.is_up) = (None, true);
                world.desk.desktop.handle_transport(now, Transport::Up);
            }
            world.say(|| "log out".into());
            world.desk.desktop.log_out(now);
            Ok(())
        })
    }

    /// What holds at the end.
    fn end(&mut self) -> Result<(), String> {
        self.each(|world| {
            world.desk.check_end(&world.ocs, &mut world.seen)?;
            // Whoever owes nothing leaves nothing behind.
            world.seen.count("agent left");
            let now = world.now;
            world.desk.desktop.handle_agent(now, Agent::LoggedOut);
            if world.desk.desktop.records().next().is_some() {
                return Err("records are left after the log-out".into());
            }
            Ok(())
        })
    }
}
