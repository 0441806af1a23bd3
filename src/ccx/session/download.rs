//! Configuration by keys, download and updates, as the guide's chapter on configuration has it.

use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::time::Duration;

use bytes::Bytes;

use super::configuration::{ConfigKeys, Configuration, begin_keys};
use super::event::{ConfigurationEvent, ConfigurationFailure, Event};
use super::records::{Applied, Records};
use super::settings::{Timings, all_kinds};
use crate::ccx::{
    ConfigEndStatus, ConfigKeyStatus, ConfigMask, ConfigType, Frame, Message, MessageType, Version,
};

/// The maximum of updates that are held back during a download, in bytes.
const MAX_HELD_BACK: usize = 4 << 20;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Phase {
    /// Not wanted, or no server to ask.
    Off,
    /// To be asked for from now on, as soon as the pause is over.
    Due,
    /// `CONFIG_REQUEST_KEY_EVENT` is out.
    Keys,
    /// `CONFIG_REQUEST_EVENT` is due.
    Wanted { everything: bool },
    /// It is out, and blocks come.
    Blocks,
    /// All is there, and updates come.
    Current,
}

/// A request that the download has to send.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Wish {
    Keys,
    Configuration(ConfigMask),
}

/// A block, from its beginning on.
#[derive(Clone, Debug)]
struct Block {
    update: bool,
    keys: ConfigKeys,
    /// The messages of an update.
    messages: Vec<Bytes>,
}

#[derive(Debug)]
pub(super) struct Download {
    phase: Phase,
    /// The kinds that the session's mask lets through.
    kinds: ConfigMask,
    version: Version,
    /// Whether the configuration has ever been complete.
    complete: bool,
    last_start: Option<Duration>,
    pause_until: Duration,
    /// Whether keys are not to be trusted at the next start.
    forced: bool,
    /// The keys that the server gave.
    offered: ConfigKeys,
    /// Those of the blocks of the download that runs.
    downloaded: ConfigKeys,
    staging: Records,
    block: Option<Block>,
    /// Updates that came while a download runs.
    held_back: VecDeque<Block>,
    held_bytes: usize,
    too_large_told: bool,
    /// Whether something has come since the last download began that was not kept. Keys would hide
    /// it, so none are.
    incomplete: bool,
    limit: usize,
    /// Whether a download was dropped whose blocks may still come.
    dropped: bool,
}

type Events = VecDeque<Event>;

impl Download {
    pub(super) fn new(limit: usize, complete: bool) -> Self {
        Self {
            phase: Phase::Off,
            kinds: ConfigMask::default(),
            version: Version::default(),
            complete,
            last_start: None,
            pause_until: Duration::ZERO,
            forced: false,
            offered: ConfigKeys::default(),
            downloaded: ConfigKeys::default(),
            staging: Records::default(),
            block: None,
            held_back: VecDeque::new(),
            held_bytes: 0,
            too_large_told: false,
            incomplete: false,
            limit,
            dropped: false,
        }
    }

    /// Reports that a session is open that grants the service, with a server that is online.
    pub(super) fn start(&mut self, now: Duration, kinds: ConfigMask, version: Version) {
        self.kinds = kinds & all_kinds(version);
        self.version = version;
        self.phase = Phase::Due;
        self.pause_until = now;
    }

    /// Reports that the session is over, or closing: no download starts any more, and a running one
    /// is dropped.
    pub(super) fn stop(&mut self) {
        self.phase = Phase::Off;
        self.last_start = None;
        self.pause_until = Duration::ZERO;
        self.too_large_told = false;
        self.dropped = false;
        self.drop_download();
    }

    /// Forgets that anything is known: the next start downloads.
    pub(super) fn forget_keys(&mut self, configuration: &mut Configuration) {
        configuration.keys = ConfigKeys::default();
        self.forced = true;
    }

    /// The server, or the user, wants a start: at once, or after the pauses.
    pub(super) fn restart(&mut self, timings: &Timings) {
        if self.phase == Phase::Off {
            return;
        }
        self.dropped |= matches!(self.phase, Phase::Blocks | Phase::Wanted { .. });
        self.drop_download();
        self.phase = Phase::Due;
        if let Some(last) = self.last_start {
            let pause = timings.configuration_pause;
            self.pause_until = self.pause_until.max(last.saturating_add(pause));
        }
    }

    fn drop_download(&mut self) {
        self.staging = Records::default();
        self.downloaded = ConfigKeys::default();
        self.block = None;
        self.held_back.clear();
        self.held_bytes = 0;
    }

    /// Returns whether it runs, so that its requests are out or will be.
    pub(super) fn is_settled(&self) -> bool {
        matches!(self.phase, Phase::Off | Phase::Current)
    }

    pub(super) fn next_deadline(&self) -> Option<Duration> {
        (self.phase == Phase::Due).then_some(self.pause_until)
    }

    /// Returns the request to send now.
    #[inline]
    pub(super) fn poll(&mut self, now: Duration) -> Option<Wish> {
        match self.phase {
            Phase::Due if self.pause_until <= now => {
                self.last_start = Some(now);
                self.phase = Phase::Keys;
                Some(Wish::Keys)
            }
            Phase::Wanted { everything } => {
                self.drop_download();
                self.incomplete &= !everything;
                self.phase = if everything {
                    Phase::Blocks
                } else {
                    Phase::Current
                };
                Some(Wish::Configuration(if everything {
                    all_kinds(self.version)
                } else {
                    ConfigMask::empty()
                }))
            }
            _ => None,
        }
    }

    /// Reports that the request could not be sent, which counts as a failure.
    pub(super) fn failed(
        &mut self,
        now: Duration,
        failure: ConfigurationFailure,
        timings: &Timings,
        events: &mut Events,
    ) {
        if self.phase == Phase::Off {
            return;
        }
        self.dropped |= self.phase == Phase::Blocks;
        self.drop_download();
        self.phase = Phase::Due;
        self.pause_until = now.saturating_add(timings.configuration_pause);
        let again = self.pause_until;
        events.push_back(Event::Configuration(ConfigurationEvent::Failed {
            failure,
            again,
        }));
    }

    /// A message with records, or around them, did not decode.
    pub(super) fn unreadable(&mut self, configuration: &mut Configuration) {
        if self.phase == Phase::Off {
            return;
        }
        self.incomplete = true;
        if self.phase == Phase::Current {
            configuration.keys = ConfigKeys::default();
        }
    }

    /// Processes a message of configuration, except for teams.
    pub(super) fn message(
        &mut self,
        now: Duration,
        frame: &Frame,
        message: &Message<'_>,
        configuration: &mut Configuration,
        timings: &Timings,
        events: &mut Events,
    ) {
        if self.phase == Phase::Off {
            return;
        }
        match message {
            Message::ConfigKeyEvent(answer) => {
                if self.phase != Phase::Keys {
                    self.out_of_place(frame, false, events);
                    return;
                }
                self.dropped = false;
                match answer.status {
                    ConfigKeyStatus::SUCCESS => {
                        self.offered = ConfigKeys::new(
                            answer.application_config_key,
                            answer.csq_config_key,
                            answer.agent_config_key,
                            answer.device_config_key,
                        );
                        let same = self.complete
                            && !self.forced
                            && configuration.keys.agree(self.offered, self.kinds)
                            && (configuration.has_terminals
                                || !self.kinds.contains(ConfigMask::TERMINAL));
                        self.phase = Phase::Wanted { everything: !same };
                        if same {
                            events.push_back(Event::Configuration(ConfigurationEvent::Complete {
                                downloaded: false,
                                changes: Vec::new(),
                            }));
                        }
                    }
                    // It can deliver, and only has no keys.
                    ConfigKeyStatus::NO_KEY_SUPPORT => {
                        self.offered = ConfigKeys::default();
                        self.phase = Phase::Wanted { everything: true };
                        // The error is reported, although it stops nothing.
                        events.push_back(Event::Configuration(ConfigurationEvent::Failed {
                            failure: ConfigurationFailure::Keys(answer.status),
                            again: now,
                        }));
                    }
                    ConfigKeyStatus::SERVICE_PROVIDER => self.unavailable(events),
                    status => {
                        let failure = ConfigurationFailure::Keys(status);
                        self.failed(now, failure, timings, events);
                    }
                }
            }
            Message::ConfigBeginEvent(begin) => {
                self.close_open_block(configuration, events);
                let initial = begin.config_type == ConfigType::INITIAL;
                if initial && self.phase != Phase::Blocks {
                    let applied = !self.dropped;
                    self.out_of_place(frame, applied, events);
                }
                self.block = Some(Block {
                    update: !initial || self.phase != Phase::Blocks,
                    keys: begin_keys(begin),
                    messages: Vec::new(),
                });
                if initial && self.phase == Phase::Blocks {
                    self.downloaded = begin_keys(begin).or(self.downloaded);
                }
            }
            Message::ConfigEndEvent(end) => {
                self.end(now, end.status, configuration, timings, events);
            }
            _ => self.records(frame, message, configuration, events),
        }
    }

    fn unavailable(&mut self, events: &mut Events) {
        self.stop();
        events.push_back(Event::Configuration(ConfigurationEvent::Unavailable));
    }

    fn out_of_place(&self, frame: &Frame, applied: bool, events: &mut Events) {
        events.push_back(Event::Configuration(ConfigurationEvent::OutOfPlace {
            message_type: frame.message_type(),
            applied,
        }));
    }

    /// Returns whether blocks that come now belong to a download that was given up.
    fn ignores_blocks(&self) -> bool {
        self.dropped && matches!(self.phase, Phase::Due | Phase::Keys)
    }

    fn records(
        &mut self,
        frame: &Frame,
        message: &Message<'_>,
        configuration: &mut Configuration,
        events: &mut Events,
    ) {
        match &mut self.block {
            Some(block) if block.update => {
                if self.held_bytes < MAX_HELD_BACK {
                    let body = Bytes::copy_from_slice(frame.bytes());
                    self.held_bytes = self.held_bytes.saturating_add(body.len());
                    block.messages.push(body);
                } else {
                    self.tell_too_large(events);
                }
            }
            Some(_) => {
                let mut applied = Applied::default();
                self.staging.apply(message, self.limit, &mut applied);
                if applied.too_large {
                    self.tell_too_large(events);
                }
            }
            None => {
                let ignored = self.ignores_blocks();
                self.out_of_place(frame, !ignored, events);
                if !ignored {
                    let block = Block {
                        update: true,
                        keys: ConfigKeys::default(),
                        messages: alloc::vec![Bytes::copy_from_slice(frame.bytes())],
                    };
                    self.update(block, configuration, events);
                }
            }
        }
    }

    fn tell_too_large(&mut self, events: &mut Events) {
        self.incomplete = true;
        if !self.too_large_told {
            self.too_large_told = true;
            events.push_back(Event::Configuration(ConfigurationEvent::TooLarge));
        }
    }

    /// A block begins within another one, which thus ends as if more were to follow.
    fn close_open_block(&mut self, configuration: &mut Configuration, events: &mut Events) {
        if let Some(block) = self.block.take()
            && block.update
        {
            self.update(block, configuration, events);
        }
    }

    fn end(
        &mut self,
        now: Duration,
        status: ConfigEndStatus,
        configuration: &mut Configuration,
        timings: &Timings,
        events: &mut Events,
    ) {
        let good = matches!(
            status,
            ConfigEndStatus::SUCCESS | ConfigEndStatus::EMPTY | ConfigEndStatus::PARTIAL
        );
        match self.block.take() {
            Some(block) if block.update => {
                if self.ignores_blocks() {
                    self.held_bytes = 0;
                } else if matches!(status, ConfigEndStatus::SUCCESS | ConfigEndStatus::PARTIAL) {
                    self.update(block, configuration, events);
                } else if !good {
                    self.forget_keys(configuration);
                    self.failed(now, ConfigurationFailure::Download(status), timings, events);
                }
            }
            _ if self.phase == Phase::Blocks => match status {
                ConfigEndStatus::PARTIAL => {}
                ConfigEndStatus::SUCCESS | ConfigEndStatus::EMPTY => {
                    self.complete(configuration, events);
                }
                ConfigEndStatus::SERVICE_PROVIDER => self.unavailable(events),
                status => {
                    self.failed(now, ConfigurationFailure::Download(status), timings, events);
                }
            },
            // The answer to a request for updates only, which needs no action.
            _ if self.phase == Phase::Current && !good => {
                if status == ConfigEndStatus::SERVICE_PROVIDER {
                    self.unavailable(events);
                } else {
                    self.failed(now, ConfigurationFailure::Download(status), timings, events);
                }
            }
            _ if self.phase == Phase::Current => {}
            _ => {
                let message_type = MessageType::CONFIG_END_EVENT;
                events.push_back(Event::Configuration(ConfigurationEvent::OutOfPlace {
                    message_type,
                    applied: false,
                }));
            }
        }
    }

    /// Completes the download: the collected records replace the previous ones.
    fn complete(&mut self, configuration: &mut Configuration, events: &mut Events) {
        let mut changes = Vec::new();
        let staging = core::mem::take(&mut self.staging);
        configuration
            .records
            .replace(staging, self.kinds, &mut changes);
        let keys = self.downloaded.or(self.offered);
        configuration.keys = if self.incomplete {
            ConfigKeys::default()
        } else {
            keys.of(self.kinds, configuration.keys)
        };
        // Nothing but a download tells that terminals are as old as the keys.
        configuration.has_terminals = self.kinds.contains(ConfigMask::TERMINAL);
        self.downloaded = ConfigKeys::default();
        self.complete = true;
        self.forced = false;
        self.phase = Phase::Current;
        events.push_back(Event::Configuration(ConfigurationEvent::Complete {
            downloaded: true,
            changes,
        }));
        self.held_bytes = 0;
        while let Some(block) = self.held_back.pop_front() {
            self.update(block, configuration, events);
        }
    }

    /// Applies a block of changes, or keeps it back until the download is over.
    fn update(&mut self, block: Block, configuration: &mut Configuration, events: &mut Events) {
        if matches!(
            self.phase,
            Phase::Blocks | Phase::Wanted { everything: true }
        ) {
            self.held_back.push_back(block);
            return;
        }
        self.held_bytes = 0;
        let mut applied = Applied::default();
        for bytes in &block.messages {
            if let Ok(frame) = Frame::new(&bytes[..])
                && let Ok(message) = frame.decode(self.version)
            {
                configuration
                    .records
                    .apply(&message, self.limit, &mut applied);
            }
        }
        if applied.too_large {
            self.tell_too_large(events);
        }
        // Until keys have been compared, earlier updates may be missing: with the keys of this one
        // that would never show.
        if self.phase == Phase::Current && self.incomplete {
            configuration.keys = ConfigKeys::default();
        } else if self.phase == Phase::Current {
            let keys = block.keys.or(configuration.keys);
            configuration.keys = keys.of(self.kinds, configuration.keys);
            configuration.has_terminals &= self.kinds.contains(ConfigMask::TERMINAL);
        }
        events.push_back(Event::Configuration(ConfigurationEvent::Updated {
            changes: applied.changes,
        }));
    }
}
