//! A simulated Outbound Contact Server, for tests and for first experiments.
//!
//! It runs campaigns, calling lists with chains of records, and agents, each at a DN. It answers
//! the 15 requests of the manual with its codes, applies them to the lists, informs agents about
//! campaigns, delivers callbacks that are due, switches over to another application, and
//! [misbehaves](Fault) on demand. It has no socket and no clock: attached data goes in with the
//! time, and comes out.
//!
//! ```
//! use std::time::Duration;
//! use cti_codec::gsw::messages::{PreviewDialingModeStart, PreviewRecordRequest, RecordProcessed};
//! use cti_codec::gsw::simulator::{Command, End, Ocs, Plan};
//! use cti_codec::gsw::{AttachedDataBuf, CallResult, CampaignMode, DesktopMessage, MessageType};
//!
//! let now = Duration::ZERO;
//! let mut server = Ocs::new(Plan::quiet());
//! let group = "Spring@Team 1";
//! server.command(now, Command::Start { group: group.into(), mode: CampaignMode::PREVIEW })?;
//! server.command(now, Command::LogIn { dn: "2001".into() })?;
//! let started = server.poll_transmit(now).ok_or("nothing")?;
//! assert_eq!(MessageType::of(&started.data)?, MessageType::CampaignStarted);
//!
//! // The desktop under test. Here its requests are built by hand.
//! let mut answer = |request: AttachedDataBuf| {
//!     server.handle_input(now, "2001", &request);
//!     server.poll_transmit(now).map(|sent| sent.data)
//! };
//! let start = PreviewDialingModeStart {
//!     application_id: Some(139),
//!     campaign_name: Some("Spring".into()),
//!     ..Default::default()
//! };
//! answer(start.to_attached_data()?).ok_or("silence")?;
//! let request = PreviewRecordRequest {
//!     application_id: Some(139),
//!     campaign_name: Some("Spring".into()),
//!     ..Default::default()
//! };
//! let record = answer(request.to_attached_data()?).ok_or("silence")?;
//! let DesktopMessage::PreviewRecord(record) = DesktopMessage::from_attached_data(&record)? else {
//!     return Err("no record".into());
//! };
//! assert_eq!(record.record_handle, Some(283));
//!
//! let processed = RecordProcessed {
//!     application_id: record.application_id,
//!     calling_list: record.calling_list,
//!     campaign_name: record.campaign_name,
//!     record_handle: record.record_handle,
//!     call_result: Some(CallResult::ANSWER),
//!     ..Default::default()
//! };
//! answer(processed.to_attached_data()?).ok_or("silence")?;
//!
//! // What became of it, and what the desktop had better not have done.
//! let allotted = server.allotments().last().ok_or("none")?;
//! assert_eq!(allotted.end, Some((now, End::Processed)));
//! assert_eq!(server.records()[allotted.record].call_result, CallResult::ANSWER);
//! assert!(server.complaints().is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A desktop of this crate and the server take turns until neither has anything more to say:
//!
//! ```
//! use std::time::Duration;
//! use cti_codec::gsw::desktop::{Desktop, Finish, Preview, Settings};
//! use cti_codec::gsw::simulator::{Fault, Ocs, Plan};
//!
//! fn talk(now: Duration, desktop: &mut Desktop, server: &mut Ocs) {
//!     loop {
//!         let mut quiet = true;
//!         while let Some(sent) = desktop.poll_transmit() {
//!             server.handle_input(now, "2001", &sent.data);
//!             quiet = false;
//!         }
//!         while let Some(sent) = server.poll_transmit(now) {
//!             quiet = false;
//!             // What other agents get is not for this desktop.
//!             if sent.dn != "2001" {
//!                 continue;
//!             }
//!             if sent.is_call {
//!                 desktop.handle_call(now, &sent.data);
//!             } else {
//!                 desktop.handle_input(now, &sent.data);
//!             }
//!         }
//!         if quiet {
//!             return;
//!         }
//!     }
//! }
//!
//! let now = Duration::ZERO;
//! let mut server = Ocs::new(Plan::default());
//! server.set_fault(Fault::Echo, true);
//! let mut desktop = Desktop::new(Settings { first_reference_id: 4711, ..Settings::default() });
//! talk(now, &mut desktop, &mut server);
//! let campaign = desktop.campaign_named("Spring@Team 1").ok_or("no campaign")?.id;
//! desktop.preview(now, campaign, Preview::Next)?;
//! talk(now, &mut desktop, &mut server);
//! let record = desktop.records().next().ok_or("no record")?.id;
//! desktop.finish(now, record, &Finish::default())?;
//! talk(now, &mut desktop, &mut server);
//! assert_eq!((desktop.records().count(), server.on_desktop("2001").count()), (0, 0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Scope
//!
//! - One object plays all applications of a pair. The primary answers all requests, a former primary
//!   that is alive those about records that it has given away; any other id gets silence.
//! - Requests are checked in this order: keys and values (101, 102, 103), the agent (104), the handle
//!   (109, 112), campaign and group (105), the agent's membership (104), the loaded campaigns (106, but
//!   not for a record that is on the desktop), the preview session, a log-out that is granted (101), and
//!   the conditions of the request. [`Habits`] are differences between servers.
//! - The answer is there at once, and the other effects of the request after it. [`Command::Next`]
//!   makes it ignore, refuse or delay the next request.
//! - Its state is open to tests: [`records`](Ocs::records), [`allotments`](Ocs::allotments) with their
//!   ends, [`groups`](Ocs::groups), [`agents`](Ocs::agents), [`forbidden`](Ocs::forbidden). It keeps
//!   all of it, so it grows with every record that is given away.
//! - There is no telephony: [a call](Command::Call) reaches an agent by command of a test, or by the
//!   [`Pace`]. Offsets of time zones do not change with the seasons.

mod add;
mod campaigns;
mod clock;
mod command;
mod faults;
mod lists;
mod plan;
mod requests;
mod truth;
mod work;

use alloc::collections::{BTreeMap, VecDeque};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::time::Duration;

use fastrand::Rng;

pub use command::{Command, Impossible, Reaction, Whose};
pub use faults::{Fault, UnknownFault};
pub use plan::{Application, Habits, Pace, Plan};
pub use truth::{
    Agent, Allotment, Callback, Complaint, ComplaintKind, Draft, End, Forbidden, Group, Leaving,
    Record, Session, Source, Transmit,
};

use clock::Task;

use super::{AttachedData, AttachedDataBuf, DesktopMessage, Text, TextBuf};

/// A simulated server.
#[derive(Debug)]
pub struct Ocs {
    applications: Vec<Application>,
    primary: i64,
    groups: Vec<Group>,
    records: Vec<Record>,
    agents: Vec<Agent>,
    allotments: Vec<Allotment>,
    /// The places of the allotments that have not ended.
    open: Vec<usize>,
    forbidden: Vec<Forbidden>,
    complaints: Vec<Complaint>,
    mistakes: Vec<String>,
    habits: Habits,
    pace: Pace,
    origin: i64,
    faults: Vec<Fault>,
    next: VecDeque<(Option<super::MessageType>, Reaction)>,
    /// The reaction to the current request.
    reaction: Option<Reaction>,
    outbox: BTreeMap<(Duration, u64), Transmit>,
    tasks: BTreeMap<(Duration, u64), Task>,
    sequence: u64,
    rng: Rng,
    now: Duration,
}

impl Ocs {
    /// Creates a server from a plan. Agents who are logged in are informed at once.
    #[must_use]
    pub fn new(plan: Plan) -> Self {
        let Plan {
            applications,
            groups,
            records,
            agents,
            origin,
            seed,
            habits,
            pace,
            script,
        } = plan;
        let primary = applications.first();
        let mut server = Self {
            primary: primary.map_or(0, |application| application.application_id),
            applications,
            groups,
            records,
            agents,
            allotments: Vec::new(),
            open: Vec::new(),
            forbidden: Vec::new(),
            complaints: Vec::new(),
            mistakes: Vec::new(),
            habits,
            pace,
            origin: origin.0,
            faults: Vec::new(),
            next: VecDeque::new(),
            reaction: None,
            outbox: BTreeMap::new(),
            tasks: BTreeMap::new(),
            sequence: 0,
            rng: Rng::with_seed(seed ^ 0x0c5),
            now: Duration::ZERO,
        };
        for (at, command) in script {
            server.plan(at, Task::Script(command));
        }
        for agent in 0..server.agents.len() {
            if server
                .agents
                .get(agent)
                .is_some_and(|agent| agent.logged_in)
            {
                server.announce_to(agent, None);
            }
        }
        server.begin();
        server
    }

    /// Processes data from a client at a DN.
    pub fn handle_input<'a>(
        &mut self,
        now: Duration,
        dn: impl Into<Text<'a>>,
        data: impl Into<AttachedData<'a>>,
    ) {
        let (dn, data) = (TextBuf::from(dn.into()), data.into());
        self.advance(now);
        if self.has(Fault::Echo) {
            self.post(&dn, data.to_buf(), false);
        }
        if faults::strikes(&self.faults, Fault::RequestsLost, &mut self.rng) {
            return;
        }
        self.serve(&dn, data);
        if faults::strikes(&self.faults, Fault::SecondClient, &mut self.rng) {
            self.interfere(&dn);
        }
    }

    /// Runs the events that are due: callbacks, stale records, the script, chance.
    pub fn handle_timeout(&mut self, now: Duration) {
        self.advance(now);
    }

    /// Returns the time at which [`handle_timeout`](Self::handle_timeout) and
    /// [`poll_transmit`](Self::poll_transmit) are due.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Duration> {
        let first = |at: Option<&(Duration, u64)>| at.map(|(at, _)| *at);
        let tasks = first(self.tasks.keys().next());
        tasks
            .into_iter()
            .chain(first(self.outbox.keys().next()))
            .min()
    }

    /// Returns the next data to send.
    pub fn poll_transmit(&mut self, now: Duration) -> Option<Transmit> {
        self.advance(now);
        let (at, _) = *self.outbox.keys().next()?;
        if at > self.now {
            return None;
        }
        self.outbox.pop_first().map(|(_, transmit)| transmit)
    }

    /// Does something on the server's side.
    ///
    /// # Errors
    /// It names something there is not. Nothing was done.
    pub fn command(&mut self, now: Duration, command: Command) -> Result<(), Impossible> {
        self.advance(now);
        self.carry_out(command)
    }

    /// Misbehaves in a way, or no longer does.
    pub fn set_fault(&mut self, fault: Fault, on: bool) {
        self.faults.retain(|known| *known != fault);
        if on {
            self.faults.push(fault);
        }
    }

    /// Returns the primary application.
    #[must_use]
    pub fn primary(&self) -> i64 {
        self.primary
    }

    /// Returns the records of all lists.
    #[must_use]
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// Returns the records ever given away, each with its source and its end, in order.
    #[must_use]
    pub fn allotments(&self) -> &[Allotment] {
        &self.allotments
    }

    /// Returns the records on the desktop at a DN, which still have to be finished.
    pub fn on_desktop<'a>(
        &'a self,
        dn: impl Into<Text<'a>>,
    ) -> impl Iterator<Item = &'a Allotment> {
        let dn = dn.into();
        let open = self
            .open
            .iter()
            .filter_map(|place| self.allotments.get(*place));
        open.filter(move |allotment| allotment.dn == *dn.as_bytes())
    }

    /// Returns the campaign groups.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Returns the agents.
    #[must_use]
    pub fn agents(&self) -> &[Agent] {
        &self.agents
    }

    /// Returns the agent at a DN.
    #[must_use]
    pub fn agent<'a>(&self, dn: impl Into<Text<'a>>) -> Option<&Agent> {
        self.agents.get(self.agent_at(dn.into())?)
    }

    /// Returns the numbers and customers with do-not-call entries.
    #[must_use]
    pub fn forbidden(&self) -> &[Forbidden] {
        &self.forbidden
    }

    /// Returns the mistakes of desktops.
    #[must_use]
    pub fn complaints(&self) -> &[Complaint] {
        &self.complaints
    }

    /// Messages that the simulator meant to send and that were not as the manual has them: mistakes
    /// of its own, or of the plan.
    #[must_use]
    pub fn mistakes(&self) -> &[String] {
        &self.mistakes
    }

    fn has(&self, fault: Fault) -> bool {
        self.faults.contains(&fault)
    }

    fn agent_at(&self, dn: Text<'_>) -> Option<usize> {
        truth::place_of(&self.agents, dn, |agent| &agent.dn)
    }

    fn group_named(&self, name: Text<'_>) -> Option<usize> {
        truth::place_of(&self.groups, name, |group| &group.name)
    }

    fn sequence(&mut self) -> u64 {
        self.sequence = self.sequence.saturating_add(1);
        self.sequence
    }

    /// Sends a list, under the faults.
    fn post(&mut self, dn: &TextBuf, data: AttachedDataBuf, is_call: bool) {
        let transmit = Transmit {
            dn: dn.clone(),
            data,
            is_call,
        };
        for (delay, transmit) in faults::spoil(transmit, &self.faults, &mut self.rng) {
            let at = self.now.saturating_add(delay);
            let key = (at, self.sequence());
            self.outbox.insert(key, transmit);
        }
    }

    /// Sends an event.
    fn tell(&mut self, dn: &TextBuf, written: Written) {
        let data = self.checked(written);
        self.post(dn, data, false);
    }

    fn checked(&mut self, written: Written) -> AttachedDataBuf {
        self.mistakes.extend(written.mistake);
        written.data
    }

    /// Sends an answer, unless the script has other plans for it.
    fn answer(&mut self, dn: &TextBuf, written: Written) {
        let mut data = self.checked(written);
        match self.reaction {
            Some(Reaction::LoseAnswer) => {}
            Some(Reaction::AnswerLate(time)) => {
                let key = (self.now.saturating_add(time), self.sequence());
                let dn = dn.clone();
                let is_call = false;
                self.outbox.insert(key, Transmit { dn, data, is_call });
            }
            Some(Reaction::AnswerTwice) => {
                self.post(dn, data.clone(), false);
                self.post(dn, data, false);
            }
            Some(Reaction::AnswerWithoutReference) => {
                data.remove(super::keys::REFERENCE_ID.name());
                self.post(dn, data, false);
            }
            _ => self.post(dn, data, false),
        }
    }

    fn complain(&mut self, dn: &TextBuf, kind: ComplaintKind) {
        self.complaints.push(Complaint {
            at: self.now,
            dn: dn.clone(),
            kind,
        });
    }
}

/// A message as a list, and whether it was wrong to write it.
struct Written {
    data: AttachedDataBuf,
    mistake: Option<String>,
}

impl Written {
    fn new<'a>(message: impl Into<DesktopMessage<'a>>) -> Self {
        let message = message.into();
        match message.to_attached_data() {
            Ok(data) => Self {
                data,
                mistake: None,
            },
            Err(mistake) => Self {
                data: message.to_attached_data_as_received(),
                mistake: Some(mistake.to_string()),
            },
        }
    }
}
