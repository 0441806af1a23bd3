//! The contents of a simulated centre, and its activity.

use alloc::format;
use alloc::vec::Vec;
use core::time::Duration;

use crate::ccx::TextBuf;

/// An agent or a supervisor.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AgentPlan {
    /// The login.
    pub login_id: TextBuf,
    /// The `AgentPassword` required for a login.
    pub password: TextBuf,
    /// The first name.
    pub first_name: TextBuf,
    /// The last name.
    pub last_name: TextBuf,
    /// The extension that the configuration gives the agent.
    pub extension: TextBuf,
    /// The CSQs that the agent takes calls of.
    pub csqs: Vec<u32>,
    /// Whether it is a supervisor.
    pub supervisor: bool,
    /// Whether the simulator plays the agent, who logs in, answers, talks and hangs up. An agent
    /// with a client's session is left to the client.
    pub played: bool,
}

/// A queue.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CsqPlan {
    /// `CSQID`.
    pub csq_id: u32,
    /// The name.
    pub name: TextBuf,
    /// Whether its agents go to `WORK` after a call.
    pub auto_work: bool,
}

/// An application with its route point and the queue that its calls wait in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ApplicationPlan {
    /// `ApplicationID`.
    pub application_id: u32,
    /// The name.
    pub name: TextBuf,
    /// The number that callers dial.
    pub route_point: TextBuf,
    /// The queue.
    pub csq_id: u32,
    /// The most calls at once.
    pub max_queued: u32,
}

/// A terminal, reported to clients of version 18.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TerminalPlan {
    /// `TerminalDeviceName`.
    pub device_name: TextBuf,
    /// `TerminalType`.
    pub terminal_type: u16,
    /// `TerminalTypeName`.
    pub type_name: TextBuf,
    /// The lines of the terminal.
    pub instruments: Vec<TextBuf>,
}

/// A team.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TeamPlan {
    /// `TeamID`.
    pub team_id: u32,
    /// The name.
    pub name: TextBuf,
    /// The login of the primary supervisor.
    pub supervisor: TextBuf,
    /// The logins of the others.
    pub members: Vec<TextBuf>,
    /// The queues of the team.
    pub csqs: Vec<u32>,
}

/// A simulated centre.
#[derive(Clone, PartialEq, Debug)]
pub struct Plan {
    /// The agents and supervisors.
    pub agents: Vec<AgentPlan>,
    /// The queues.
    pub csqs: Vec<CsqPlan>,
    /// The applications.
    pub applications: Vec<ApplicationPlan>,
    /// The teams.
    pub teams: Vec<TeamPlan>,
    /// The terminals.
    pub terminals: Vec<TerminalPlan>,
    /// The CTI ports, all of call control group 1.
    pub cti_ports: Vec<TextBuf>,
    /// The seed of chance. The same seed and the same requests at the same times give the same
    /// messages.
    pub seed: u64,
    /// The average number of calls per second; 0 for none.
    pub calls_per_second: f64,
    /// The durations of calls and their parts.
    pub pace: Pace,
    /// Whether the events of a request follow its confirmation instead of preceding it.
    pub confirm_first: bool,
    /// Whether a session in agent mode for the phone of another one of the same `ClientID` ends
    /// that one with `E_CTI_NEW_SESSION_OPENED`. If not, the phone is in use.
    pub replace_sessions: bool,
    /// Whether `OPEN_CONF` tells a client in bridge mode that the server is online.
    pub online_in_bridge_mode: bool,
    /// Whether `RTP_STARTED_EVENT` and `RTP_STOPPED_EVENT` are sent.
    pub rtp_events: bool,
}

/// Durations. Each is an average: actual ones are from half as long to one and a half times as
/// long.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pace {
    /// A played agent takes this long to answer: 2 s.
    pub answer: Duration,
    /// A call talks this long: 20 s.
    pub talk: Duration,
    /// A played agent works this long after a call: 5 s.
    pub work: Duration,
    /// A caller waits this long in a queue: 60 s.
    pub patience: Duration,
    /// A phone rings this long before the agent is not ready: 12 s.
    pub ring: Duration,
    /// Of 100 calls, so many are transferred after a consultation, and as many become conferences:
    /// 10.
    pub consult_percent: u8,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            answer: Duration::from_secs(2),
            talk: Duration::from_secs(20),
            work: Duration::from_secs(5),
            patience: Duration::from_secs(60),
            ring: Duration::from_secs(12),
            consult_percent: 10,
        }
    }
}

const NAMES: [(&str, &str); 16] = [
    ("Ada", "Lovelace"),
    ("Grace", "Hopper"),
    ("Alan", "Turing"),
    ("Edsger", "Dijkstra"),
    ("Barbara", "Liskov"),
    ("Donald", "Knuth"),
    ("Frances", "Allen"),
    ("John", "Backus"),
    ("Margaret", "Hamilton"),
    ("Dennis", "Ritchie"),
    ("Radia", "Perlman"),
    ("Ken", "Thompson"),
    ("Adele", "Goldberg"),
    ("Niklaus", "Wirth"),
    ("Jean", "Sammet"),
    ("Tony", "Hoare"),
];

impl Plan {
    /// Creates a centre with no calls of its own: 16 agents, all logged out. Tests drive it.
    #[must_use]
    pub fn quiet() -> Self {
        let mut plan = Self {
            calls_per_second: 0.0,
            ..Self::default()
        };
        for agent in &mut plan.agents {
            agent.played = false;
        }
        plan
    }
}

/// 16 agents in 3 queues and 2 teams: `agt2001` to `agt2016` at extensions 2001 to 2016, with the
/// password `secret`. The first of each team (`agt2001`, `agt2009`) is its supervisor. The simulator
/// plays all but the first four and the ninth, and half a call comes in a second. Each has a terminal,
/// such as `SEP000000002001`.
impl Default for Plan {
    fn default() -> Self {
        let agents = (2001_u32..)
            .zip(NAMES)
            .map(|(number, (first, last))| AgentPlan {
                login_id: format!("agt{number}").as_str().into(),
                password: "secret".into(),
                first_name: first.into(),
                last_name: last.into(),
                extension: format!("{number}").as_str().into(),
                csqs: match number {
                    0..=2008 => Vec::from([1, 2]),
                    2009..=2012 => Vec::from([2]),
                    _ => Vec::from([3]),
                },
                supervisor: matches!(number, 2001 | 2009),
                played: !matches!(number, 0..=2004 | 2009),
            });
        let agents: Vec<AgentPlan> = agents.collect();
        let team = |team_id: u32, name: &str, members: &[AgentPlan], csqs: &[u32]| {
            let mut logins = members.iter().map(|agent| agent.login_id.clone());
            TeamPlan {
                team_id,
                name: name.into(),
                supervisor: logins.next().unwrap_or_default(),
                members: logins.collect(),
                csqs: csqs.into(),
            }
        };
        let terminals = agents.iter().map(|agent| TerminalPlan {
            device_name: format!("SEP{:0>12}", agent.extension).as_str().into(),
            terminal_type: 1,
            type_name: "desk phone".into(),
            instruments: Vec::from([agent.extension.clone()]),
        });
        let (first, second) = agents.split_at_checked(8).unwrap_or_default();
        let teams = Vec::from([
            team(1, "Day", first, &[1, 2]),
            team(2, "Night", second, &[2, 3]),
        ]);
        let csq = |csq_id, name: &str, auto_work| CsqPlan {
            csq_id,
            name: name.into(),
            auto_work,
        };
        let application = |application_id, name: &str, number: &str, csq_id| ApplicationPlan {
            application_id,
            name: name.into(),
            route_point: number.into(),
            csq_id,
            max_queued: 100,
        };
        Self {
            teams,
            terminals: terminals.collect(),
            csqs: Vec::from([
                csq(1, "Sales", false),
                csq(2, "Service", true),
                csq(3, "Claims", true),
            ]),
            applications: Vec::from([
                application(1, "sales", "7001", 1),
                application(2, "service", "7002", 2),
                application(3, "claims", "7003", 3),
            ]),
            cti_ports: (9001_u32..=9030)
                .map(|number| format!("{number}").as_str().into())
                .collect(),
            agents,
            seed: 1,
            calls_per_second: 0.5,
            pace: Pace::default(),
            confirm_first: false,
            replace_sessions: false,
            online_in_bridge_mode: true,
            rtp_events: false,
        }
    }
}
