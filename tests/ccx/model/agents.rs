//! Rules about agents.

use std::time::Duration;

use cti_codec::ccx::model::{AgentKey, AgentWhat, By, Change, TRANSITIONS, View, request};
use cti_codec::ccx::{
    AgentRecord, AgentState, AgentStateCsq, AgentStateEvent, AgentStateReasonCode,
    ConfigAgentEvent, CtiService, FailureConf, OpenConf, OpenReq, QueryAgentStateConf,
    QueryAgentStateCsq, QueryAgentStateReq, RecordType, SetAgentStateConf, SetAgentStateReq,
    StatusCode,
};

use super::Play;

fn event(agent_id: &str, state: AgentState) -> AgentStateEvent<'_> {
    AgentStateEvent {
        agent_id: Some(agent_id.into()),
        agent_extension: Some("2006".into()),
        agent_state: state,
        csq_id: 0xFFFF_FFFF,
        ..AgentStateEvent::default()
    }
}

fn csqs(play: &Play, agent_id: &str) -> Vec<(u32, AgentState, bool)> {
    let agent = play.model.agents.get(agent_id.into()).unwrap();
    agent
        .csqs
        .iter()
        .map(|csq| (csq.csq_id, csq.state, csq.implied))
        .collect()
}

/// A2, A6: any transition that an event reports is taken; requests and confirmations change nothing.
#[test]
fn only_events_count() {
    let mut play = Play::new(View::Bridge);
    play.received(event("jdoe", AgentState::READY));
    play.sent(SetAgentStateReq {
        agent_state: AgentState::NOT_READY,
        agent_id: Some("jdoe".into()),
        agent_instrument: Some("2006".into()),
        ..SetAgentStateReq::default()
    });
    assert_eq!(play.answer(SetAgentStateConf::default()), []);
    assert_eq!(play.state("jdoe"), Some(AgentState::READY));
    for state in [0, 1, 9, 12, 77, 4, 8, 3, 2] {
        play.received(event("jdoe", AgentState(state)));
        assert_eq!(play.state("jdoe"), Some(AgentState(state)));
    }
}

/// A9: the next state, with 0xFFFF for none; since when, by `StateDuration`.
#[test]
fn next_state_and_duration() {
    let mut play = Play::new(View::Bridge);
    let mut talking = event("jdoe", AgentState::TALKING);
    talking.state_duration = 40;
    talking.next_agent_state = Some(AgentState::WORK);
    talking.duration = Some(30);
    let changes = play.received(talking);
    let agent = play.model.agents.get("jdoe".into()).unwrap();
    assert_eq!(agent.status.next, Some(AgentState::WORK));
    assert_eq!(agent.expected, Some(30));
    let elapsed = agent
        .since
        .unwrap()
        .elapsed(play.now + Duration::from_secs(2));
    assert_eq!(elapsed, Duration::from_secs(42));
    assert!(matches!(
        &changes[0],
        Change::Agent { key: AgentKey::Id(id), what: AgentWhat::Known } if *id == "jdoe"
    ));

    // The same state again, with another next one: it lasts on.
    let mut again = event("jdoe", AgentState::TALKING);
    again.next_agent_state = Some(AgentState(0xFFFF));
    play.wait(10);
    play.received(again);
    let agent = play.model.agents.get("jdoe".into()).unwrap();
    assert_eq!(agent.status.next, None);
    assert_eq!(
        agent.since.unwrap().elapsed(play.now),
        Duration::from_secs(51)
    );
}

/// A10: any reason code passes.
#[test]
fn reasons() {
    let mut play = Play::new(View::Bridge);
    let mut not_ready = event("jdoe", AgentState::NOT_READY);
    not_ready.event_reason_code = AgentStateReasonCode(12_345);
    play.received(not_ready);
    let agent = play.model.agents.get("jdoe".into()).unwrap();
    assert_eq!(agent.status.reason, Some(AgentStateReasonCode(12_345)));
}

/// A16 to A18: states with respect to CSQs.
#[test]
fn states_per_csq() {
    let mut play = Play::new(View::Bridge);
    let csq = |csq_id, state| AgentStateCsq {
        csq_id: Some(csq_id),
        csq_state: Some(state),
        ..AgentStateCsq::default()
    };
    let (ready, busy) = (AgentState::READY, AgentState::BUSY_OTHER);
    // Several: those named, and no others.
    let list = [csq(1, ready), csq(2, ready)];
    let mut several = event("jdoe", ready);
    several.csqs = (&list).into();
    play.received(several);
    let list = [csq(2, AgentState::WORK), csq(3, ready)];
    several.csqs = (&list).into();
    play.received(several);
    let told = [
        (1, ready, false),
        (2, AgentState::WORK, false),
        (3, ready, false),
    ];
    assert_eq!(csqs(&play, "jdoe"), told);
    // One alone: busy with it, in all others.
    let mut one = event("jdoe", AgentState::TALKING);
    one.csq_id = 2;
    one.csq_state = AgentState::TALKING;
    play.received(one);
    let told = [
        (1, busy, true),
        (2, AgentState::TALKING, false),
        (3, busy, true),
    ];
    assert_eq!(csqs(&play, "jdoe"), told);
    // A17: for all CSQs; what the fixed part has as CSQState does not count.
    let mut all = event("jdoe", AgentState::NOT_READY);
    all.csq_state = AgentState::LOGIN;
    play.received(all);
    let told = [1, 2, 3].map(|csq_id| (csq_id, AgentState::NOT_READY, false));
    assert_eq!(csqs(&play, "jdoe"), told);
    // A20: logged out, in no CSQ and at no phone.
    play.received(event("jdoe", AgentState::LOGOUT));
    assert_eq!(csqs(&play, "jdoe"), []);
    assert_eq!(play.model.agents.get("jdoe".into()).unwrap().phone(), None);
}

/// A19: what a query tells, and what it does not.
#[test]
fn queries() {
    let mut play = Play::new(View::Bridge);
    let mut talking = event("jdoe", AgentState::TALKING);
    talking.event_reason_code = AgentStateReasonCode::AGT_NON_ICD;
    talking.next_agent_state = Some(AgentState::READY);
    play.received(talking);
    play.model.disconnected();
    let csq = |csq_id, state| QueryAgentStateCsq {
        csq_id: Some(csq_id),
        csq_state: Some(state),
        ..QueryAgentStateCsq::default()
    };
    let ask = QueryAgentStateReq {
        agent_id: Some("jdoe".into()),
        ..QueryAgentStateReq::default()
    };
    play.sent(ask);
    let list = [csq(1, AgentState::TALKING), csq(2, AgentState::BUSY_OTHER)];
    let conf = QueryAgentStateConf {
        agent_state: AgentState::TALKING,
        csqs: (&list).into(),
        ..QueryAgentStateConf::default()
    };
    play.answer(conf);
    let agent = play.model.agents.get("jdoe".into()).unwrap();
    assert!(!agent.stale);
    assert_eq!((agent.status.reason, agent.status.next), (None, None));
    let told = [
        (1, AgentState::TALKING, false),
        (2, AgentState::BUSY_OTHER, false),
    ];
    assert_eq!(csqs(&play, "jdoe"), told);
    // A short list is a whole one; one of 20 may be cut.
    play.sent(ask);
    let list = [csq(2, AgentState::TALKING)];
    play.answer(QueryAgentStateConf {
        csqs: (&list).into(),
        ..conf
    });
    assert_eq!(csqs(&play, "jdoe").len(), 1);
    let list: Vec<_> = (10..30)
        .map(|csq_id| csq(csq_id, AgentState::TALKING))
        .collect();
    play.sent(ask);
    play.answer(QueryAgentStateConf {
        csqs: list.as_slice().into(),
        ..conf
    });
    assert_eq!(csqs(&play, "jdoe").len(), 21);
    // FAILURE_CONF 9: logged out. Any other failure tells nothing.
    play.sent(ask);
    play.answer(FailureConf {
        status: StatusCode::UNSPECIFIED_FAILURE,
        ..FailureConf::default()
    });
    assert_eq!(play.state("jdoe"), Some(AgentState::TALKING));
    play.sent(ask);
    play.answer(FailureConf {
        status: StatusCode::AGENT_NOT_LOGGED_ON,
        ..FailureConf::default()
    });
    assert_eq!(play.state("jdoe"), Some(AgentState::LOGOUT));
}

/// A21: an event without an `AgentID` means the agent at the extension; with neither, nobody.
#[test]
fn who_is_meant() {
    let mut play = Play::new(View::Bridge);
    let mut nameless = event("", AgentState::READY);
    nameless.agent_id = None;
    play.received(nameless);
    assert_eq!(play.model.agents.len(), 1);
    let (id, agent) = play.model.agents.at("2006".into()).unwrap();
    assert_eq!((id, agent.status.state), (None, Some(AgentState::READY)));
    // Now it is known whose it is: still one agent.
    play.received(event("jdoe", AgentState::RESERVED));
    assert_eq!(play.model.agents.len(), 1);
    nameless.agent_state = AgentState::TALKING;
    play.received(nameless);
    assert_eq!(play.state("jdoe"), Some(AgentState::TALKING));
    nameless.agent_extension = None;
    nameless.agent_state = AgentState::READY;
    assert_eq!(play.received(nameless), []);
}

/// S15: `OPEN_CONF` starts the model in agent mode; without texts the agent is logged out.
#[test]
fn opening_in_agent_mode() {
    for (texts, state) in [(true, AgentState::READY), (false, AgentState::LOGOUT)] {
        let mut play = Play::new(View::Agent);
        play.sent(OpenReq {
            services_requested: CtiService::CLIENT_EVENTS,
            agent_id: Some("jdoe".into()),
            agent_instrument: Some("2006".into()),
            ..OpenReq::default()
        });
        play.answer(OpenConf {
            agent_state: AgentState::READY,
            agent_id: texts.then(|| "jdoe".into()),
            agent_instrument: texts.then(|| "2006".into()),
            ..OpenConf::default()
        });
        assert_eq!(play.state("jdoe"), Some(state));
        assert_eq!(play.model.calls.own(), Some("2006".into()));
    }
}

/// C28: from version 17 on the configuration tells states; an event knows better.
#[test]
fn configuration_seeds_states() {
    let mut play = Play::new(View::Bridge);
    let record = |state| {
        [AgentRecord {
            record_type: Some(RecordType::ADD),
            login_id: Some("jdoe".into()),
            extension: Some("2006".into()),
            agent_state: Some(state),
            ..AgentRecord::default()
        }]
    };
    let configure = |play: &mut Play, records: &[AgentRecord<'_>]| {
        play.received(ConfigAgentEvent {
            records: records.into(),
            ..ConfigAgentEvent::default()
        })
    };
    configure(&mut play, &record(AgentState::NOT_READY));
    assert_eq!(play.state("jdoe"), Some(AgentState::NOT_READY));
    play.received(event("jdoe", AgentState::READY));
    configure(&mut play, &record(AgentState::NOT_READY));
    assert_eq!(play.state("jdoe"), Some(AgentState::READY));
    let mut gone = record(AgentState::READY);
    gone[0].record_type = Some(RecordType::DELETE);
    configure(&mut play, &gone);
    assert!(play.model.agents.get("jdoe".into()).is_none());
}

/// The table of transitions: A1 to A8.
#[test]
fn transitions() {
    use AgentState as S;
    let all = [
        S::LOGOUT,
        S::NOT_READY,
        S::READY,
        S::TALKING,
        S::WORK,
        S::RESERVED,
    ];
    for from in all {
        for to in [S::RESERVED, S::TALKING, S::BUSY_OTHER, S::UNKNOWN] {
            assert_eq!(request(from, to), None, "A7: the server alone sets it");
        }
    }
    assert_eq!(request(S::LOGOUT, S::LOGIN), Some(By::Request));
    assert_eq!(request(S::READY, S::LOGIN), None);
    assert_eq!(request(S::LOGOUT, S::NOT_READY), None);
    assert_eq!(
        request(S::NOT_READY, S::NOT_READY),
        Some(By::Request),
        "another reason"
    );
    assert_eq!(
        request(S::TALKING, S::NOT_READY),
        Some(By::RequestAfterCall)
    );
    assert_eq!(request(S::TALKING, S::READY), None);
    assert_eq!(request(S::WORK, S::READY), Some(By::Request));
    assert_eq!(request(S::RESERVED, S::LOGOUT), Some(By::ForcedRequest));
    assert_eq!(request(S::READY, S::LOGOUT), Some(By::Request));
    for (place, row) in TRANSITIONS.iter().enumerate() {
        assert!(!TRANSITIONS[..place].contains(row), "{row:?} twice");
    }
}
