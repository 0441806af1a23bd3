//! The contents of a simulated server, and its activity.

use alloc::format;
use alloc::vec::Vec;
use core::time::Duration;

use super::{Agent, Command, Group, Record, Session};
use crate::gsw::{
    CallResult, CampaignMode, PhoneType, RecordType, TextBuf, TzOffset, UnixTime, ValueBuf,
};

/// An application: one server of a pair.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Application {
    /// `GSW_APPLICATION_ID`.
    pub application_id: i64,
    /// The handle that the next record gets. Each application counts for itself, so that two may
    /// give the same handle to different customers.
    pub next_handle: i64,
    /// Whether it answers. A former primary that does not is dead.
    pub alive: bool,
}

/// The differences between servers where the manual leaves the behaviour open or contradicts
/// itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Habits {
    /// Whether a preview request without a preview session is refused with 101; if not, it is not
    /// answered.
    pub refuses_unlinked: bool,
    /// Whether a cancellation or do-not-call request for one record of a chain takes the others off
    /// the desktop too.
    pub closes_rest_of_chain: bool,
    /// Whether `CampaignLoaded` is sent at login for a session that is started, after
    /// `CampaignStarted`.
    pub announces_loaded_too: bool,
    /// Whether an error names the request that it refuses.
    pub names_refused_request: bool,
    /// The time on a desktop after which a record is stale.
    pub stale_after: Option<Duration>,
    /// With `record_processed` off: how long after its call a record is finished without a word.
    pub finishes_after: Duration,
    /// The time for which a callback that is due waits for an agent. After that it is missed.
    pub callback_waits: Duration,
    /// The duration of a do-not-call entry; `None` for no end.
    pub do_not_call_for: Option<Duration>,
    /// The time until a record with a treatment may be dialed again.
    pub treatment_delay: Duration,
}

impl Default for Habits {
    /// Silence instead of errors, the rest of a chain stays, half an hour until stale.
    fn default() -> Self {
        Self {
            refuses_unlinked: false,
            closes_rest_of_chain: false,
            announces_loaded_too: false,
            names_refused_request: false,
            stale_after: Some(Duration::from_secs(30 * 60)),
            finishes_after: Duration::from_secs(20),
            callback_waits: Duration::from_secs(60),
            do_not_call_for: None,
            treatment_delay: Duration::from_secs(60 * 60),
        }
    }
}

/// The average times between random events; actual ones are from half as long to one and a half
/// times as long. `None` for never.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Pace {
    /// A session stops, and starts again 3 to 10 seconds later.
    pub stops: Option<Duration>,
    /// The next application becomes primary.
    pub switches_over: Option<Duration>,
    /// Of 100 switch-overs, so many leave a former primary that does not answer any more.
    pub dead_percent: u8,
    /// A number of a record on a desktop is cancelled, or forbidden, from outside.
    pub withdraws: Option<Duration>,
    /// A preview record comes without a request.
    pub pushes: Option<Duration>,
    /// A predictive call reaches an idle agent.
    pub calls: Option<Duration>,
}

/// A simulated server with its campaigns, lists and agents.
#[derive(Clone, PartialEq, Debug)]
pub struct Plan {
    /// The applications. The first one is primary.
    pub applications: Vec<Application>,
    /// The campaign groups.
    pub groups: Vec<Group>,
    /// The records of all calling lists.
    pub records: Vec<Record>,
    /// The agents, each at a DN.
    pub agents: Vec<Agent>,
    /// The date and time at the start of the virtual time.
    pub origin: UnixTime,
    /// The seed of chance. The same seed and the same requests at the same times give the same
    /// answers.
    pub seed: u64,
    /// The differences between servers.
    pub habits: Habits,
    /// The random events.
    pub pace: Pace,
    /// The commands, each with its time.
    pub script: Vec<(Duration, Command)>,
}

impl Plan {
    /// Creates a plan with all agents logged out, nothing loaded and no events by themselves. Tests
    /// drive it with [commands](Command).
    #[must_use]
    pub fn quiet() -> Self {
        let mut plan = Self {
            pace: Pace::default(),
            ..Self::default()
        };
        for agent in &mut plan.agents {
            agent.logged_in = false;
        }
        for group in &mut plan.groups {
            group.session = Session::Unloaded;
        }
        plan
    }
}

const NAMES: [&str; 12] = [
    "Ada Lovelace",
    "Grace Hopper",
    "Alan Turing",
    "Edsger Dijkstra",
    "Barbara Liskov",
    "Donald Knuth",
    "Frances Allen",
    "John Backus",
    "Margaret Hamilton",
    "Dennis Ritchie",
    "Radia Perlman",
    "Ken Thompson",
];

/// Two campaigns of one team. `Spring@Team 1` runs in Preview with the list `Customers`: 12 chains
/// of one to three numbers, 5 hours west of UTC. `Autumn@Team 1` is loaded, with the list `Winback`
/// of 6 records. The agents at the DNs `2001` and `2002` are logged in. Applications 139 and 141
/// count handles from 283 and from 17. The start is 2027-05-03 at 08:00 in the time zone of the
/// records. The habits are the defaults, and there are no random events.
impl Default for Plan {
    fn default() -> Self {
        let zone = TzOffset(-18_000);
        let mut records = Vec::new();
        for (chain_id, name) in (1_i64..).zip(NAMES) {
            for chain_n in 0..=(chain_id % 3) {
                let last = chain_id.saturating_mul(10).saturating_add(chain_n);
                records.push(Record {
                    calling_list: "Customers".into(),
                    chain_id,
                    chain_n,
                    phone: format!("+1555{:07}", last.saturating_add(1000)).into(),
                    phone_type: match chain_n {
                        0 => PhoneType::DIRECT_BUSINESS_PHONE,
                        1 => PhoneType::HOME_PHONE,
                        _ => PhoneType::MOBILE,
                    },
                    tz_offset: zone,
                    customer_id: format!("C-{chain_id}").into(),
                    fields: Vec::from([
                        ("Name".into(), ValueBuf::from(name)),
                        (
                            "Account".into(),
                            ValueBuf::from(format!("A-{chain_id}").as_str()),
                        ),
                    ]),
                    ..Record::default()
                });
            }
        }
        for chain_id in 101_i64..=106 {
            records.push(Record {
                calling_list: "Winback".into(),
                chain_id,
                phone: format!("+1555{:07}", chain_id.saturating_add(9000)).into(),
                tz_offset: zone,
                customer_id: format!("C-{chain_id}").into(),
                ..Record::default()
            });
        }
        let group = |campaign: &str, list: &str, session| Group {
            name: format!("{campaign}@Team 1").into(),
            campaign_name: campaign.into(),
            campaign_description: format!("{campaign} offers").into(),
            description: "The first team".into(),
            calling_lists: Vec::from([TextBuf::from(list)]),
            session,
            ..Group::default()
        };
        let agent = |dn: &str| Agent {
            dn: dn.into(),
            groups: Vec::from(["Spring@Team 1".into(), "Autumn@Team 1".into()]),
            logged_in: true,
            ..Agent::default()
        };
        let application = |application_id, next_handle| Application {
            application_id,
            next_handle,
            alive: true,
        };
        Self {
            applications: Vec::from([application(139, 283), application(141, 17)]),
            groups: Vec::from([
                group(
                    "Spring",
                    "Customers",
                    Session::Started(CampaignMode::PREVIEW),
                ),
                group("Autumn", "Winback", Session::Loaded),
            ]),
            records,
            agents: Vec::from([agent("2001"), agent("2002")]),
            // 2027-05-03 13:00 UTC.
            origin: UnixTime(1_809_349_200),
            seed: 1,
            habits: Habits::default(),
            pace: Pace::default(),
            script: Vec::new(),
        }
    }
}

impl Default for Record {
    /// A General record that is ready, chain 1, of a business phone, to be called from 08:00 to
    /// 18:00.
    fn default() -> Self {
        Self {
            calling_list: TextBuf::default(),
            chain_id: 1,
            chain_n: 0,
            phone: TextBuf::default(),
            phone_type: PhoneType::DIRECT_BUSINESS_PHONE,
            tz_offset: TzOffset(0),
            customer_id: TextBuf::default(),
            record_type: RecordType::GENERAL,
            status: crate::gsw::RecordStatus::READY,
            call_result: CallResult::UNKNOWN,
            attempts: 0,
            call_time: crate::gsw::CallTime::NEVER,
            from: crate::gsw::SecondsFromMidnight(28_800),
            until: crate::gsw::SecondsFromMidnight(64_800),
            date_time: None,
            agent: None,
            fields: Vec::new(),
        }
    }
}
