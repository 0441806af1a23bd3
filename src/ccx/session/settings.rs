//! How a client's session goes about its business.

use alloc::vec;
use alloc::vec::Vec;
use core::time::Duration;

use crate::ccx::{AgentStateMask, CallEventMask, ConfigMask, CtiService, OpenReq, Version};

/// Every kind of configuration that a version knows.
pub(super) const fn all_kinds(version: Version) -> ConfigMask {
    if version.has_wide_ids() {
        ConfigMask::ALL_KINDS_V18
    } else {
        ConfigMask::ALL_KINDS
    }
}

impl OpenReq<'_> {
    /// A request for a session in bridge mode, with every service, event and kind of configuration:
    /// what a wallboard or a recorder asks for. `IdleTimeout` and `VersionNumber` are filled in by
    /// the [`Client`](super::Client).
    #[must_use]
    pub fn bridge_mode() -> Self {
        Self {
            services_requested: CtiService::ALL_EVENTS
                | CtiService::CALL_DATA_UPDATE
                | CtiService::CLIENT_CONTROL
                | CtiService::SUPERVISOR
                | CtiService::CONFIG_EVENTS,
            ..Self::with_all_masks()
        }
    }

    /// A request for a session in agent mode, with what an agent's desktop needs: its events, and
    /// control of calls, agent state and call data. Add the agent: `AgentID`, `AgentExtension` or
    /// `AgentInstrument`.
    #[must_use]
    pub fn agent_mode() -> Self {
        Self {
            services_requested: CtiService::CLIENT_EVENTS
                | CtiService::CALL_DATA_UPDATE
                | CtiService::CLIENT_CONTROL,
            ..Self::with_all_masks()
        }
    }

    fn with_all_masks() -> Self {
        Self {
            call_msg_mask: CallEventMask::ALL_EVENTS,
            agent_state_mask: AgentStateMask::ALL_STATES,
            config_msg_mask: ConfigMask::ALL_KINDS_V18,
            client_id: Some("".into()),
            client_password: Some(b""),
            ..Self::default()
        }
    }
}

/// The times of a session, all of them from the guide or from what it leaves open.
#[derive(Clone, Debug)]
pub struct Timings {
    /// How long a connection may take: 10 s.
    pub connect: Duration,
    /// How long `OPEN_CONF` may take: 15 s.
    pub open: Duration,
    /// From one heartbeat to the next: 10 s. The guide allows 5 to 30 s.
    pub heartbeat: Duration,
    /// After how many unanswered heartbeats the session is given up, when the next one is due: 3.
    pub missed_heartbeats: usize,
    /// How long an answer to a request may take: 20 s, as 15 s are within what the guide says.
    pub request: Duration,
    /// How long `CLOSE_CONF` may take: 5 s.
    pub close: Duration,
    /// How long an address rests where its server said no: 10 s.
    pub pause_after_refusal: Duration,
    /// How long an address rests where its line failed: 1 s, doubled with each failure that follows.
    pub pause_after_loss: Duration,
    /// What that is doubled up to: 10 s. 60 s are a good choice for hundreds of clients.
    pub max_pause: Duration,
    /// How much a pause may be longer by chance, so that many clients do not come back together:
    /// 10 percent.
    pub jitter_percent: u32,
    /// How long a session has to last to make its line count as good again: 60 s.
    pub stable: Duration,
    /// How long a session stays open with a server that is not in service: 60 s.
    pub offline: Duration,
    /// From a failure of the configuration, or one start of it to the next: 10 s.
    pub configuration_pause: Duration,
    /// How long `CONFIG_KEY_EVENT` may take, and how long teams may be silent: 20 s.
    pub configuration_answer: Duration,
    /// How long a download may be silent: 60 s.
    pub configuration_silence: Duration,
}

impl Default for Timings {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            open: Duration::from_secs(15),
            heartbeat: Duration::from_secs(10),
            missed_heartbeats: 3,
            request: Duration::from_secs(20),
            close: Duration::from_secs(5),
            pause_after_refusal: Duration::from_secs(10),
            pause_after_loss: Duration::from_secs(1),
            max_pause: Duration::from_secs(10),
            jitter_percent: 10,
            stable: Duration::from_secs(60),
            offline: Duration::from_secs(60),
            configuration_pause: Duration::from_secs(10),
            configuration_answer: Duration::from_secs(20),
            configuration_silence: Duration::from_secs(60),
        }
    }
}

impl Timings {
    /// `IdleTimeout` that goes with the heartbeat interval, in seconds: four times as long, and
    /// within the 20 to 119 that the guide allows.
    #[must_use]
    pub fn idle_timeout(&self) -> u32 {
        let four = self.heartbeat.saturating_mul(4).as_secs();
        u32::try_from(four).unwrap_or(u32::MAX).clamp(20, 119)
    }
}

/// What a client is told beside its `OPEN_REQ`.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How many addresses the user gave. The first is tried first.
    pub addresses: usize,
    /// The versions to ask for, one after the other where the server does not speak the one before:
    /// 14, 12, 10.
    pub versions: Vec<Version>,
    /// The times.
    pub timings: Timings,
    /// How many requests may be without an answer: 64.
    pub window: usize,
    /// How many events may wait before no more input is taken: 1024. See
    /// [`wants_input`](super::Client::wants_input).
    pub max_events: usize,
    /// How many bytes may wait to be sent: 1 MiB.
    pub max_unsent: usize,
    /// How many bytes a kind of configuration may take: 16 MiB.
    pub max_configuration: usize,
    /// The largest body of a frame: 16,384 bytes. A larger one ends the session.
    pub max_body: u32,
    /// Whether configuration is downloaded and kept up to date, where the service is granted.
    pub configuration: bool,
    /// Whether teams are asked for and kept up to date, where the service is granted.
    pub teams: bool,
    /// Whether a server that refuses the data of `OPEN_REQ` is left for the next one, and not for
    /// good.
    pub insist: bool,
    /// How many rounds of the addresses may fail before the client stops; without end if `None`. A
    /// version that is refused is no failure as long as there is an older one to ask for.
    pub rounds: Option<u32>,
    /// Whether an address that does not speak a version is left for the next one at once, and asked
    /// for an older version when its turn comes again. If not, the same address is asked for the
    /// older version after its pause, which costs 10 to 30 s where one node is older than the others.
    pub rotate_before_older: bool,
    /// Whether each frame is told as [`Event::Tap`](super::Event::Tap).
    pub tap: bool,
    /// What the chance of pauses begins with. Clients that shall not knock together need different
    /// ones.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            addresses: 1,
            versions: vec![Version::V14, Version::V12, Version::V10],
            timings: Timings::default(),
            window: 64,
            max_events: 1024,
            max_unsent: 1 << 20,
            max_configuration: 16 << 20,
            max_body: crate::ccx::FrameDecoder::DEFAULT_MAX_BODY,
            configuration: true,
            teams: true,
            insist: false,
            rounds: None,
            rotate_before_older: false,
            tap: false,
            seed: 0,
        }
    }
}

impl Settings {
    /// The default for so many addresses.
    #[must_use]
    pub fn for_addresses(addresses: usize) -> Self {
        Self {
            addresses,
            ..Self::default()
        }
    }

    /// Asks for a version, and for the usual older ones where the server does not speak it.
    pub fn prefer(&mut self, version: Version) {
        self.versions = [Version::V18, Version::V14, Version::V12, Version::V10]
            .into_iter()
            .filter(|older| *older < version)
            .collect();
        self.versions.insert(0, version);
    }
}
