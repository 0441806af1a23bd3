//! A picture on a terminal.

use std::io;

use cti_codec::ccx::AgentState;
use ratatui::DefaultTerminal;
use ratatui::crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::layout::{Constraint, Layout};
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::Line;
use ratatui::widgets::{Block, Cell, Paragraph, Row, Table, TableState};
use tokio::sync::mpsc;

use crate::board::Picture;

/// Reads the user's keys in a thread of its own, since reading blocks.
pub(crate) fn keys() -> mpsc::UnboundedReceiver<KeyEvent> {
    let (sender, receiver) = mpsc::unbounded_channel();
    std::thread::spawn(move || {
        while let Ok(event) = event::read() {
            let key = match event {
                Event::Key(key) if key.kind != KeyEventKind::Release => key,
                // Another size: draw again.
                Event::Resize(..) => KeyEvent::new(KeyCode::Null, KeyModifiers::NONE),
                _ => continue,
            };
            if sender.send(key).is_err() {
                return;
            }
        }
    });
    receiver
}

/// The terminal, which is as it was before once this is dropped.
pub(crate) struct Screen {
    terminal: DefaultTerminal,
    /// How far the agents are scrolled.
    first: usize,
}

impl Screen {
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self {
            terminal: ratatui::try_init()?,
            first: 0,
        })
    }

    /// Applies a key. Returns whether to go on.
    pub(crate) fn takes(&mut self, key: KeyEvent) -> bool {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Char('q') | KeyCode::Esc => return false,
            KeyCode::Char('c') if control => return false,
            KeyCode::Down => self.first = self.first.saturating_add(1),
            KeyCode::Up => self.first = self.first.saturating_sub(1),
            KeyCode::PageDown => self.first = self.first.saturating_add(10),
            KeyCode::PageUp => self.first = self.first.saturating_sub(10),
            KeyCode::Home => self.first = 0,
            _ => {}
        }
        true
    }

    pub(crate) fn draw(&mut self, picture: &Picture) -> io::Result<()> {
        self.first = self.first.min(picture.agents.len().saturating_sub(1));
        let first = self.first;
        self.terminal.draw(|frame| {
            let queues = u16::try_from(picture.queues.len()).unwrap_or(u16::MAX);
            let areas = Layout::vertical([
                Constraint::Length(1),
                Constraint::Length(queues.saturating_add(3).min(frame.area().height / 3)),
                Constraint::Min(3),
                Constraint::Length(1),
            ])
            .split(frame.area());
            let bold = Style::new().add_modifier(Modifier::BOLD);
            frame.render_widget(Line::styled(picture.title.as_str(), bold), areas[0]);
            frame.render_widget(queue_table(picture), areas[1]);
            let mut state = TableState::new().with_offset(first);
            frame.render_stateful_widget(agent_table(picture), areas[2], &mut state);
            frame.render_widget(Paragraph::new(picture.said.as_str()), areas[3]);
        })?;
        Ok(())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        ratatui::restore();
    }
}

fn heads<'a>(heads: impl IntoIterator<Item = &'a str>) -> Row<'a> {
    Row::new(heads).style(Style::new().add_modifier(Modifier::DIM))
}

fn queue_table(picture: &Picture) -> Table<'_> {
    let rows = picture.queues.iter().map(|queue| {
        let waiting = if queue.alarm {
            Style::new().fg(Color::Red).add_modifier(Modifier::BOLD)
        } else {
            Style::new()
        };
        Row::new([
            Cell::from(queue.name.as_str()),
            Cell::from(queue.waiting.as_str()).style(waiting),
            Cell::from(queue.logged_in.to_string()),
            Cell::from(queue.ready.to_string()),
            Cell::from(queue.talking.to_string()),
            Cell::from(queue.work.to_string()),
            Cell::from(queue.not_ready.to_string()),
        ])
    });
    let mut widths = vec![Constraint::Min(16)];
    widths.extend([Constraint::Length(9); 6]);
    let names = [
        "QUEUE",
        "WAITING",
        "AGENTS",
        "READY",
        "TALKING",
        "WORK",
        "NOT READY",
    ];
    Table::new(rows, widths)
        .header(heads(names))
        .block(Block::bordered().title("Queues"))
}

fn agent_table(picture: &Picture) -> Table<'_> {
    let rows = picture.agents.iter().map(|agent| {
        Row::new([
            Cell::from(agent.login.as_str()),
            Cell::from(agent.name.as_str()),
            Cell::from(agent.phone.as_str()),
            Cell::from(agent.shown.as_str()).style(style(agent.state)),
            Cell::from(agent.reason.as_str()),
            Cell::from(agent.time.as_str()),
            Cell::from(agent.call.as_str()),
        ])
    });
    let widths = [
        Constraint::Length(12),
        Constraint::Min(16),
        Constraint::Length(8),
        Constraint::Length(20),
        Constraint::Length(16),
        Constraint::Length(8),
        Constraint::Min(10),
    ];
    let names = ["AGENT", "NAME", "PHONE", "STATE", "REASON", "FOR", "CALL"];
    Table::new(rows, widths)
        .header(heads(names))
        .block(Block::bordered().title("Agents"))
}

fn style(state: Option<AgentState>) -> Style {
    match state {
        Some(AgentState::READY) => Style::new().fg(Color::Green),
        Some(AgentState::TALKING) => Style::new().fg(Color::Cyan),
        Some(AgentState::RESERVED) => Style::new().fg(Color::Yellow),
        Some(AgentState::WORK) => Style::new().fg(Color::Magenta),
        Some(AgentState::NOT_READY) => Style::new().fg(Color::Red),
        _ => Style::new().add_modifier(Modifier::DIM),
    }
}
