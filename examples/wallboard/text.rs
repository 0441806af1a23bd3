//! A picture as text.

use ratatui::text::Span;

use crate::board::Picture;

/// Formats columns as wide as their contents.
fn table(heads: &[&str], rows: &[Vec<String>]) -> String {
    // As wide as a terminal shows them: some letters take two columns, others none.
    let shown = |cell: &str| Span::raw(cell).width();
    let mut widths: Vec<usize> = heads.iter().map(|head| shown(head)).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(shown(cell));
        }
    }
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let cells = cells.zip(&widths);
        let line: String = cells
            .map(|(cell, width)| format!("{cell}{:1$}  ", "", width.saturating_sub(shown(cell))))
            .collect();
        format!("{}\n", line.trim_end())
    };
    let mut text = line(&mut heads.iter().copied());
    for row in rows {
        text.push_str(&line(&mut row.iter().map(String::as_str)));
    }
    text
}

pub(crate) fn picture(picture: &Picture) -> String {
    let queues: Vec<Vec<String>> = picture
        .queues
        .iter()
        .map(|queue| {
            vec![
                queue.name.clone(),
                queue.waiting.clone(),
                queue.logged_in.to_string(),
                queue.ready.to_string(),
                queue.talking.to_string(),
                queue.work.to_string(),
                queue.not_ready.to_string(),
            ]
        })
        .collect();
    let agents: Vec<Vec<String>> = picture
        .agents
        .iter()
        .map(|agent| {
            vec![
                agent.login.clone(),
                agent.name.clone(),
                agent.phone.clone(),
                agent.shown.clone(),
                agent.reason.clone(),
                agent.time.clone(),
                agent.call.clone(),
            ]
        })
        .collect();
    let queue_heads = [
        "QUEUE",
        "WAITING",
        "AGENTS",
        "READY",
        "TALKING",
        "WORK",
        "NOT READY",
    ];
    let agent_heads = ["AGENT", "NAME", "PHONE", "STATE", "REASON", "FOR", "CALL"];
    format!(
        "{}\n\n{}\n{}",
        picture.title,
        table(&queue_heads, &queues),
        table(&agent_heads, &agents)
    )
}
