//! What happens on the simulated server's side.

use std::io;

use cti_codec::gsw::TextBuf;
use cti_codec::gsw::desktop::{Agent, Transport};
use cti_codec::gsw::simulator::{Command, Session, Whose};
use cti_codec::gsw::{CampaignMode, ChainAttr};

use super::Desk;
use super::command::Server;

impl Desk<'_> {
    /// Lets the server do something.
    pub(super) fn serve(&mut self, what: Server) -> io::Result<Result<String, String>> {
        let done = self.server_command(what);
        self.tick()?;
        Ok(done)
    }

    fn server_command(&mut self, what: Server) -> Result<String, String> {
        let dn = || TextBuf::from(self.dn);
        let command = match what {
            Server::Start(campaign, mode) => Command::Start {
                group: self.group(&campaign, |_| true)?,
                mode,
            },
            Server::Stop(campaign) => Command::Stop {
                group: self.group(&campaign, |_| true)?,
            },
            Server::Unload(campaign) => Command::Unload {
                group: self.group(&campaign, |_| true)?,
            },
            Server::Call(campaign) => Command::Call {
                dn: dn(),
                group: self.group(&campaign, Session::is_auto)?,
            },
            Server::Push(campaign) => {
                let preview = |session| session == Session::Started(CampaignMode::PREVIEW);
                Command::Push {
                    dn: dn(),
                    group: self.group(&campaign, preview)?,
                }
            }
            Server::Cancel(number) => Command::Cancel {
                whose: Whose::Phone(number.into()),
                chain_attr: ChainAttr::ALL_CHAIN,
            },
            Server::SwitchOver { dead } => Command::SwitchOver {
                application_id: if self.server.primary() == 139 {
                    141
                } else {
                    139
                },
                former_alive: !dead,
            },
            Server::Fault(fault, on) => {
                self.server.set_fault(fault, on);
                return Ok(format!("{fault} {}", if on { "on" } else { "off" }));
            }
            Server::Truth => {
                let here: Vec<String> = self
                    .server
                    .on_desktop(self.dn)
                    .map(|one| format!("{}/{}", one.application_id, one.record_handle))
                    .collect();
                let complaints = self.server.complaints().iter().map(ToString::to_string);
                let complaints: Vec<String> = complaints.collect();
                return Ok(format!(
                    "primary={} on_desktop={} complaints={}",
                    self.server.primary(),
                    here.join(","),
                    complaints.join("; ")
                ));
            }
        };
        let done = self.server.command(self.now, command);
        done.map(|()| String::new())
            .map_err(|error| error.to_string())
    }

    /// The group that a word names: by the beginning of its name, or the first that fits.
    fn group(&self, word: &str, fits: impl Fn(Session) -> bool) -> Result<TextBuf, String> {
        let word = word.to_lowercase();
        let mut groups = self.server.groups().iter();
        let group = groups.find(|group| {
            let name = group.name.to_string().to_lowercase();
            if word.is_empty() {
                fits(group.session)
            } else {
                name.starts_with(&word)
            }
        });
        let group = group.map(|group| group.name.clone());
        group.ok_or_else(|| "there is no such campaign".into())
    }

    /// The connection is lost, or back.
    pub(super) fn connect(&mut self, up: bool) -> io::Result<()> {
        self.is_up = up;
        let state = if up { Transport::Up } else { Transport::Down };
        self.desktop.handle_transport(self.now, state);
        self.tick()
    }

    /// The agent comes or goes at T-Server.
    pub(super) fn agent(&mut self, comes: bool) -> io::Result<()> {
        self.logged_in = comes;
        let dn = TextBuf::from(self.dn);
        let (command, state) = if comes {
            (Command::LogIn { dn }, Agent::LoggedIn)
        } else {
            (Command::LogOut { dn }, Agent::LoggedOut)
        };
        // The agent of the plan is known.
        let _ = self.server.command(self.now, command);
        self.desktop.handle_agent(self.now, state);
        self.tick()
    }
}
