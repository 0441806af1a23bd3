//! The settings of a client's session.

use alloc::vec;
use alloc::vec::Vec;
use core::time::Duration;

use crate::ccx::{AgentStateMask, CallEventMask, ConfigMask, CtiService, OpenReq, Version};

/// Returns every kind of configuration in a version.
pub(super) const fn all_kinds(version: Version) -> ConfigMask {
    if version.has_wide_ids() {
        ConfigMask::ALL_KINDS_V18
    } else {
        ConfigMask::ALL_KINDS
    }
}

impl OpenReq<'_> {
    /// Creates a request for a session in bridge mode, with every service, event and kind of
    /// configuration, as for a wallboard or a recorder. The [`Client`](super::Client) fills in
    /// `IdleTimeout` and `VersionNumber`.
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

    /// Creates a request for a session in agent mode, with the services of an agent's desktop: its
    /// events, and control of calls, agent state and call data. Add the agent: `AgentID`,
    /// `AgentExtension` or `AgentInstrument`.
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

/// The times of a session, from the guide or, where it gives none, chosen to fit it.
#[derive(Clone, Debug)]
pub struct Timings {
    /// The maximum time for a connection: 10 s.
    pub connect: Duration,
    /// The maximum time for `OPEN_CONF`: 15 s.
    pub open: Duration,
    /// From one heartbeat to the next: 10 s. The guide allows 5 to 30 s.
    pub heartbeat: Duration,
    /// After how many unanswered heartbeats the session is given up, when the next one is due: 3.
    pub missed_heartbeats: usize,
    /// The maximum time for an answer to a request: 20 s, since the guide allows 15 s.
    pub request: Duration,
    /// The maximum time for `CLOSE_CONF`: 5 s.
    pub close: Duration,
    /// The pause of an address after its server's refusal: 10 s.
    pub pause_after_refusal: Duration,
    /// The pause of an address after a connection failure: 1 s, doubled with each further failure.
    pub pause_after_loss: Duration,
    /// The maximum of the doubled pause: 10 s. 60 s are a good choice for hundreds of clients.
    pub max_pause: Duration,
    /// The random extension of a pause, so that many clients do not return together: 10 percent.
    pub jitter_percent: u32,
    /// The minimum duration of a session after which its connection counts as good again: 60 s.
    pub stable: Duration,
    /// The maximum duration of a session with a server that is not in service: 60 s.
    pub offline: Duration,
    /// From a failure of the configuration, or one start of it to the next: 10 s.
    pub configuration_pause: Duration,
    /// The maximum time for `CONFIG_KEY_EVENT`, and of silence of teams: 20 s.
    pub configuration_answer: Duration,
    /// The maximum silence of a download: 60 s.
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
    /// Returns the `IdleTimeout` for the heartbeat interval, in seconds: four times as long, and
    /// within the 20 to 119 that the guide allows.
    #[must_use]
    pub fn idle_timeout(&self) -> u32 {
        let four = self.heartbeat.saturating_mul(4).as_secs();
        u32::try_from(four).unwrap_or(u32::MAX).clamp(20, 119)
    }
}

/// The settings of a client besides its `OPEN_REQ`.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The number of addresses. The first is tried first.
    pub addresses: usize,
    /// The versions to ask for, one after the other where the server does not speak the one before:
    /// 14, 12, 10.
    pub versions: Vec<Version>,
    /// The times.
    pub timings: Timings,
    /// The maximum number of outstanding requests: 64.
    pub window: usize,
    /// The maximum number of pending events before input is refused: 1024. See
    /// [`wants_input`](super::Client::wants_input).
    pub max_events: usize,
    /// The maximum number of unsent bytes: 1 MiB.
    pub max_unsent: usize,
    /// The maximum size of a kind of configuration in bytes: 16 MiB.
    pub max_configuration: usize,
    /// The largest body of a frame: 16,384 bytes. A larger one ends the session.
    pub max_body: u32,
    /// Whether configuration is downloaded and kept up to date, where the service is granted.
    pub configuration: bool,
    /// Whether teams are requested and kept up to date, if the service is granted.
    pub teams: bool,
    /// Whether a server that refuses the data of `OPEN_REQ` is left for the next one, and not for
    /// good.
    pub insist: bool,
    /// The number of failed rounds of the addresses after which the client stops; `None` for no
    /// limit. A refused version is no failure as long as there is an older one to ask for.
    pub rounds: Option<u32>,
    /// Whether the client leaves an address that refuses a version for the next one at once, and
    /// asks it for an older version in its next turn. Otherwise it asks the same address for the
    /// older version after its pause, which costs 10 to 30 s if one node is older than the others.
    pub rotate_before_older: bool,
    /// Whether each frame is reported as [`Event::Tap`](super::Event::Tap).
    pub tap: bool,
    /// The seed of the random pauses. Clients that are to spread their attempts need different
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
    /// Returns the defaults for a number of addresses.
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
