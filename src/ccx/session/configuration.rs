//! The configuration of a contact centre as a client keeps it.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use bytes::BytesMut;

use super::records::{Applied, KEPT, Records, agent, application, csq, device, terminal};
use crate::ccx::{
    AgentFlags, AgentRecord, ApplicationRecord, ConfigAgentEvent, ConfigApplicationEvent,
    ConfigBeginEvent, ConfigCsqEvent, ConfigDeviceEvent, ConfigDeviceType, ConfigEndEvent,
    ConfigEndStatus, ConfigMask, ConfigTerminalEvent, ConfigType, CsqRecord, DecodeError,
    DeviceRecord, EncodeError, Frame, FrameDecoder, MemberType, Message, RecordType,
    TeamConfigEvent, TeamMember, TeamOperation, TerminalRecord, Text, TextBuf,
};

/// A configuration key: changes whenever the server's data of its kind does. Only equality means
/// anything.
pub type ConfigKey = [u8; 8];

/// The keys of the four kinds; `None` if the server has given none, or zeros; either means that the
/// kind has to be downloaded.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct ConfigKeys {
    /// That of the applications.
    pub applications: Option<ConfigKey>,
    /// That of the CSQs.
    pub csqs: Option<ConfigKey>,
    /// That of the agents.
    pub agents: Option<ConfigKey>,
    /// That of the devices.
    pub devices: Option<ConfigKey>,
}

/// Returns a key as received: one that is missing, of another length or all zeros is none.
fn key(bytes: Option<&[u8]>) -> Option<ConfigKey> {
    let key = <ConfigKey>::try_from(bytes?).ok()?;
    (key != [0; 8]).then_some(key)
}

impl ConfigKeys {
    pub(super) fn new(
        applications: Option<&[u8]>,
        csqs: Option<&[u8]>,
        agents: Option<&[u8]>,
        devices: Option<&[u8]>,
    ) -> Self {
        Self {
            applications: key(applications),
            csqs: key(csqs),
            agents: key(agents),
            devices: key(devices),
        }
    }

    /// Returns these keys, with those of another set where one is missing.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            applications: self.applications.or(other.applications),
            csqs: self.csqs.or(other.csqs),
            agents: self.agents.or(other.agents),
            devices: self.devices.or(other.devices),
        }
    }

    /// Returns the keys of these kinds, and for the others those of another set.
    pub(super) fn of(self, kinds: ConfigMask, other: Self) -> Self {
        let pick = |kind, own: Option<ConfigKey>, other: Option<ConfigKey>| {
            if kinds.contains(kind) { own } else { other }
        };
        Self {
            applications: pick(
                ConfigMask::APPLICATION,
                self.applications,
                other.applications,
            ),
            csqs: pick(ConfigMask::CSQ, self.csqs, other.csqs),
            agents: pick(ConfigMask::AGENT, self.agents, other.agents),
            devices: pick(ConfigMask::DEVICE, self.devices, other.devices),
        }
    }

    /// Returns whether the keys of all these kinds are present and equal. Terminals have none.
    pub(super) fn agree(self, other: Self, kinds: ConfigMask) -> bool {
        let same = |kind, mine: Option<ConfigKey>, yours: Option<ConfigKey>| {
            !kinds.contains(kind) || mine.is_some() && mine == yours
        };
        same(
            ConfigMask::APPLICATION,
            self.applications,
            other.applications,
        ) && same(ConfigMask::CSQ, self.csqs, other.csqs)
            && same(ConfigMask::AGENT, self.agents, other.agents)
            && same(ConfigMask::DEVICE, self.devices, other.devices)
    }
}

/// The item of a [`Change`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Item {
    /// An agent, by `LoginID`.
    Agent(TextBuf),
    /// A CSQ, by `CSQID`.
    Csq(u32),
    /// An application, by `ApplicationID`.
    Application(u32),
    /// A device: by `DeviceField2`, a call control group by the decimal digits of `DeviceField0`.
    Device(ConfigDeviceType, TextBuf),
    /// A terminal, by `TerminalDeviceName`.
    Terminal(TextBuf),
    /// A team, by `TeamID`.
    Team(u32),
}

/// The kind of a change.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Changed {
    /// It is new.
    Added,
    /// It is not as it was.
    Modified,
    /// It is gone.
    Removed,
}

/// Something in the configuration that is not as it was.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Change {
    /// The changed item.
    pub item: Item,
    /// The kind of change.
    pub changed: Changed,
}

/// A team.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Team {
    name: TextBuf,
    members: BTreeMap<(MemberType, TextBuf), AgentFlags>,
}

impl Team {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> Text<'_> {
        self.name.text()
    }

    /// Its members: agents and supervisors by login, CSQs by their id in decimal digits.
    pub fn members(&self) -> impl Iterator<Item = TeamMember<'_>> {
        self.members
            .iter()
            .map(|((member_type, id), flags)| TeamMember {
                agent_id: Some(id.text()),
                agent_flags: Some(*flags),
                record_type: Some(RecordType::ADD),
                member_type: Some(*member_type),
            })
    }

    /// Returns the login of the primary supervisor.
    #[must_use]
    pub fn primary_supervisor(&self) -> Option<Text<'_>> {
        self.members
            .iter()
            .find(|(_, flags)| flags.contains(AgentFlags::PRIMARY_SUPERVISOR))
            .map(|((_, id), _)| id.text())
    }

    fn size(&self) -> usize {
        let members = self
            .members
            .keys()
            .map(|(_, id)| id.as_bytes().len().saturating_add(80));
        members
            .fold(self.name.as_bytes().len(), usize::saturating_add)
            .saturating_add(80)
    }

    /// Applies an event, except that the team is gone.
    fn apply(&mut self, event: &TeamConfigEvent<'_>) {
        if let Some(name) = event.team_name {
            self.name = name.into();
        }
        for member in event.members {
            let Some(id) = member.agent_id else { continue };
            let member_type = member
                .member_type
                .unwrap_or(MemberType::AGENT_OR_SUPERVISOR);
            let key = (member_type, id.into());
            if member.record_type == Some(RecordType::DELETE) {
                self.members.remove(&key);
                continue;
            }
            let flags = member.agent_flags.unwrap_or_default();
            if flags.contains(AgentFlags::PRIMARY_SUPERVISOR) {
                // A team has one, and the new one takes the flag from the former one.
                for others in self.members.values_mut() {
                    others.remove(AgentFlags::PRIMARY_SUPERVISOR);
                }
            }
            self.members.insert(key, flags);
        }
    }
}

/// The configuration of a contact centre: agents, CSQs, applications, devices, terminals and teams.
///
/// Records are kept in the form in which they came, and read as the codec's own types.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Configuration {
    pub(super) keys: ConfigKeys,
    pub(super) records: Records,
    /// Whether terminals were downloaded, of which no key tells.
    pub(super) has_terminals: bool,
    pub(super) teams: BTreeMap<u32, Team>,
}

impl Configuration {
    /// Returns the keys that belong to the records.
    #[must_use]
    pub fn keys(&self) -> ConfigKeys {
        self.keys
    }

    /// Returns the agents, by `LoginID`.
    pub fn agents(&self) -> impl Iterator<Item = AgentRecord<'_>> {
        self.records.agents.bodies().filter_map(agent)
    }

    /// Returns the agent with this `LoginID`.
    #[must_use]
    pub fn agent(&self, login_id: &[u8]) -> Option<AgentRecord<'_>> {
        agent(self.records.agents.get(login_id)?)
    }

    /// Returns the CSQs, by `CSQID`.
    pub fn csqs(&self) -> impl Iterator<Item = CsqRecord<'_>> {
        self.records.csqs.bodies().filter_map(csq)
    }

    /// Returns the CSQ with this id.
    #[must_use]
    pub fn csq(&self, csq_id: u32) -> Option<CsqRecord<'_>> {
        csq(self.records.csqs.get(&csq_id)?)
    }

    /// Returns the applications, by `ApplicationID`.
    pub fn applications(&self) -> impl Iterator<Item = ApplicationRecord<'_>> {
        self.records.applications.bodies().filter_map(application)
    }

    /// Returns the application with this id.
    #[must_use]
    pub fn application(&self, application_id: u32) -> Option<ApplicationRecord<'_>> {
        application(self.records.applications.get(&application_id)?)
    }

    /// Returns the devices: phones of agents, route points, CTI ports and call control groups. See
    /// [`DeviceRecord::device`].
    pub fn devices(&self) -> impl Iterator<Item = DeviceRecord<'_>> {
        self.records.devices.bodies().filter_map(device)
    }

    /// Returns the terminals, by `TerminalDeviceName`: from version 18 on.
    pub fn terminals(&self) -> impl Iterator<Item = TerminalRecord<'_>> {
        self.records.terminals.bodies().filter_map(terminal)
    }

    /// Returns the terminal with this `TerminalDeviceName`.
    #[must_use]
    pub fn terminal(&self, name: &[u8]) -> Option<TerminalRecord<'_>> {
        terminal(self.records.terminals.get(name)?)
    }

    /// Returns the teams, by `TeamID`.
    pub fn teams(&self) -> impl Iterator<Item = (u32, &Team)> {
        self.teams.iter().map(|(id, team)| (*id, team))
    }

    /// Returns the team with this id.
    #[must_use]
    pub fn team(&self, team_id: u32) -> Option<&Team> {
        self.teams.get(&team_id)
    }

    /// Returns whether the configuration is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.bytes() == 0 && self.teams.is_empty()
    }

    /// Passes the messages of a download of it to a function, as a server would send them: a block
    /// of all records, ten to a message, then the teams.
    ///
    /// # Errors
    /// Fails with the first error of the function.
    pub fn messages<E>(
        &self,
        mut each: impl FnMut(&Message<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        each(
            &ConfigBeginEvent {
                config_type: ConfigType::INITIAL,
                configuration_mask: if self.has_terminals {
                    ConfigMask::ALL_KINDS_V18
                } else {
                    ConfigMask::ALL_KINDS
                },
                application_config_key: self.keys.applications.as_ref().map(|key| &key[..]),
                csq_config_key: self.keys.csqs.as_ref().map(|key| &key[..]),
                agent_config_key: self.keys.agents.as_ref().map(|key| &key[..]),
                device_config_key: self.keys.devices.as_ref().map(|key| &key[..]),
                ..Default::default()
            }
            .into(),
        )?;
        in_tens(self.csqs(), |records| {
            each(
                &ConfigCsqEvent {
                    records: records.into(),
                    ..Default::default()
                }
                .into(),
            )
        })?;
        in_tens(self.applications(), |records| {
            each(
                &ConfigApplicationEvent {
                    records: records.into(),
                    ..Default::default()
                }
                .into(),
            )
        })?;
        in_tens(self.agents(), |records| {
            each(
                &ConfigAgentEvent {
                    records: records.into(),
                    ..Default::default()
                }
                .into(),
            )
        })?;
        in_tens(self.devices(), |records| {
            each(
                &ConfigDeviceEvent {
                    records: records.into(),
                    ..Default::default()
                }
                .into(),
            )
        })?;
        in_tens(self.terminals(), |records| {
            each(
                &ConfigTerminalEvent {
                    records: records.into(),
                    ..Default::default()
                }
                .into(),
            )
        })?;
        each(
            &ConfigEndEvent {
                status: ConfigEndStatus::SUCCESS,
                ..Default::default()
            }
            .into(),
        )?;
        for (team_id, team) in self.teams() {
            let members: Vec<_> = team.members().collect();
            let mut rest = &members[..];
            loop {
                let (some, left) = rest.split_at(rest.len().min(64));
                each(
                    &TeamConfigEvent {
                        team_id,
                        operation: TeamOperation::ADD_TEAM,
                        team_name: Some(team.name()),
                        members: some.into(),
                        ..Default::default()
                    }
                    .into(),
                )?;
                rest = left;
                if rest.is_empty() {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Writes it as the frames of a download, in version 18. Keep them in a file and hand them to
    /// [`restore`](Self::restore) after a restart, so that unchanged kinds are not downloaded.
    /// `decode` reads the file, too.
    ///
    /// ```
    /// use cti_codec::ccx::session::Configuration;
    ///
    /// let configuration = Configuration::default();
    /// let saved = configuration.save()?;
    /// assert_eq!(Configuration::restore(&saved), Some(configuration));
    /// # Ok::<(), cti_codec::ccx::EncodeError>(())
    /// ```
    ///
    /// # Errors
    /// Fails if a record cannot be written, which does not happen with records of a server.
    pub fn save(&self) -> Result<Vec<u8>, EncodeError> {
        let mut out = BytesMut::new();
        self.messages(|message| message.encode_as_received(KEPT, &mut out))?;
        Ok(out.into())
    }

    /// Reads the output of [`save`](Self::save). `None` if it is truncated or other data.
    #[must_use]
    pub fn restore(saved: &[u8]) -> Option<Self> {
        let mut configuration = Self::default();
        let mut decoder = FrameDecoder::new();
        decoder.feed(saved);
        let mut complete = false;
        while let Some(frame) = decoder.next_frame().ok()? {
            complete |= configuration.restore_frame(&frame).ok()??;
        }
        decoder.finish().ok()?;
        complete.then_some(configuration)
    }

    /// Takes in one saved frame; says whether it ends the block of records.
    fn restore_frame(&mut self, frame: &Frame) -> Result<Option<bool>, DecodeError> {
        let message = frame.decode(KEPT)?;
        match &message {
            Message::ConfigBeginEvent(begin) => {
                self.keys = begin_keys(begin);
                self.has_terminals = begin.configuration_mask.contains(ConfigMask::TERMINAL);
            }
            Message::ConfigEndEvent(_) => return Ok(Some(true)),
            Message::TeamConfigEvent(event) => {
                apply_team(&mut self.teams, event, usize::MAX);
            }
            Message::ConfigAgentEvent(_)
            | Message::ConfigCsqEvent(_)
            | Message::ConfigApplicationEvent(_)
            | Message::ConfigDeviceEvent(_)
            | Message::ConfigTerminalEvent(_) => {
                self.records
                    .apply(&message, usize::MAX, &mut Applied::default());
            }
            _ => return Ok(None),
        }
        Ok(Some(false))
    }
}

pub(super) fn begin_keys(begin: &ConfigBeginEvent<'_>) -> ConfigKeys {
    ConfigKeys::new(
        begin.application_config_key,
        begin.csq_config_key,
        begin.agent_config_key,
        begin.device_config_key,
    )
}

pub(super) fn team_bytes(teams: &BTreeMap<u32, Team>) -> usize {
    teams
        .values()
        .map(Team::size)
        .fold(0, usize::saturating_add)
}

/// Applies an event about a team, within a limit of bytes for teams. Returns the changes; `Err` if
/// there is no room.
pub(super) fn apply_team(
    teams: &mut BTreeMap<u32, Team>,
    event: &TeamConfigEvent<'_>,
    limit: usize,
) -> Option<Change> {
    let item = Item::Team(event.team_id);
    if event.operation == TeamOperation::REMOVE_TEAM {
        let changed = Changed::Removed;
        return teams
            .remove(&event.team_id)
            .map(|_| Change { item, changed });
    }
    let before = teams.get(&event.team_id);
    let changed = if before.is_some() {
        Changed::Modified
    } else {
        Changed::Added
    };
    let mut team = before.cloned().unwrap_or_default();
    team.apply(event);
    if before == Some(&team) || team_bytes(teams).saturating_add(team.size()) > limit {
        return None;
    }
    teams.insert(event.team_id, team);
    Some(Change { item, changed })
}

/// Returns the differences between two sets of teams.
pub(super) fn team_changes(
    before: &BTreeMap<u32, Team>,
    after: &BTreeMap<u32, Team>,
) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut note = |id: &u32, changed| {
        changes.push(Change {
            item: Item::Team(*id),
            changed,
        });
    };
    for id in before.keys().filter(|id| !after.contains_key(id)) {
        note(id, Changed::Removed);
    }
    for (id, team) in after {
        match before.get(id) {
            None => note(id, Changed::Added),
            Some(former) if former != team => note(id, Changed::Modified),
            Some(_) => {}
        }
    }
    changes
}

fn in_tens<T: Copy, E>(
    records: impl Iterator<Item = T>,
    mut each: impl FnMut(&[T]) -> Result<(), E>,
) -> Result<(), E> {
    let mut ten = Vec::with_capacity(10);
    for record in records {
        ten.push(record);
        if ten.len() == 10 {
            each(&ten)?;
            ten.clear();
        }
    }
    if ten.is_empty() { Ok(()) } else { each(&ten) }
}
