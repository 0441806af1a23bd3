//! Several nodes, pauses, rounds.

use cti_codec::ccx::StatusCode;
use cti_codec::ccx::session::{Action, Event, Settings, StopCause};

use super::{Bench, EVERYTHING, plain, secs};

#[test]
fn f1_f2_addresses_are_tried_in_turn_and_a_session_that_works_is_kept() {
    let mut bench = Bench::bridge(plain(3));
    for address in [0, 1] {
        bench.connect(address);
        bench.refuse(StatusCode::SERVER_NOT_MASTER);
        assert_eq!(bench.client.poll_action(), Some(Action::Disconnect));
    }
    bench.connect(2);
    bench.grant(EVERYTHING);
    bench.events();
    // Nobody goes back to an earlier address as long as it lasts.
    bench.run_to(secs(9));
    assert_eq!(bench.actions(), []);
    // Next is relative to the one just used.
    bench.client.handle_disconnected(bench.now);
    bench.run_to(secs(10));
    assert_eq!(bench.actions(), [Action::Connect { address: 0 }]);
}

#[test]
fn f5_a_refused_address_rests_10_s_the_other_is_tried_at_once() {
    let mut bench = Bench::bridge(plain(2));
    bench.connect(0);
    bench.refuse(StatusCode::SERVER_NOT_MASTER);
    assert_eq!(bench.client.poll_action(), Some(Action::Disconnect));
    bench.connect(1);
    bench.run_to(secs(3));
    bench.refuse(StatusCode::SERVER_NOT_MASTER);
    assert_eq!(bench.actions(), [Action::Disconnect]);
    bench.run_to(secs(10) - secs(1));
    assert_eq!(bench.actions(), []);
    bench.run_to(secs(10));
    bench.connect(0);
    bench.refuse(StatusCode::SERVER_NOT_MASTER);
    assert_eq!(bench.actions(), [Action::Disconnect]);
    bench.run_to(secs(13));
    bench.connect(1);
}

/// When each attempt of an address is made, all of which the line fails at once.
fn attempts(settings: Settings, until: u64) -> Vec<u64> {
    let mut bench = Bench::bridge(settings);
    let mut times = Vec::new();
    while bench.now <= secs(until) {
        if bench.client.poll_action().is_some() {
            times.push(bench.now.as_secs());
            bench.client.handle_disconnected(bench.now);
        }
        bench.run(secs(1));
    }
    times
}

#[test]
fn f5_the_pause_after_a_failure_of_the_line_doubles_up_to_10_s() {
    assert_eq!(attempts(plain(1), 50), [0, 1, 3, 7, 15, 25, 35, 45]);
    let mut slow = plain(1);
    slow.timings.max_pause = secs(60);
    assert_eq!(attempts(slow, 200), [0, 1, 3, 7, 15, 31, 63, 123, 183]);
}

#[test]
fn f5_chance_makes_pauses_longer_and_differs_by_seed() {
    let with = |seed| {
        let mut settings = plain(1);
        settings.seed = seed;
        settings.timings.jitter_percent = 100;
        attempts(settings, 1000)
    };
    assert_eq!(with(1), with(1));
    assert_ne!(with(1), with(2));
    for pair in with(3).windows(2).skip(5) {
        assert!((10..=21).contains(&(pair[1] - pair[0])), "{pair:?}");
    }
}

#[test]
fn f5_a_session_of_a_minute_makes_its_line_good_again() {
    for (lasts, pause) in [(59, 8), (60, 1)] {
        let mut settings = plain(1);
        settings.timings.heartbeat = secs(1000);
        let mut bench = Bench::bridge(settings);
        for _ in 0..3 {
            bench.actions();
            bench.client.handle_disconnected(bench.now);
            bench.run(secs(10));
        }
        bench.connect(0);
        bench.grant(EVERYTHING);
        bench.run(secs(lasts));
        bench.client.handle_disconnected(bench.now);
        let at = bench.now + secs(pause);
        assert_eq!(bench.client.poll_timeout(), Some(at));
    }
}

#[test]
fn x39_after_so_many_rounds_it_stops() {
    let mut settings = plain(3);
    settings.rounds = Some(2);
    let mut bench = Bench::bridge(settings);
    let mut attempts = 0;
    while !bench.client.is_idle() {
        if bench.client.poll_action().is_some() {
            attempts += 1;
            bench.client.handle_disconnected(bench.now);
        }
        bench.run(secs(1));
    }
    assert_eq!(attempts, 6);
    let last = bench.events().pop();
    assert_eq!(last, Some(Event::Stopped(StopCause::NoAddressLeft)));
}

#[test]
fn f4_f6_bytes_that_are_no_frame_end_the_session() {
    let mut bench = Bench::open(plain(2));
    bench
        .client
        .handle_input(bench.now, b"GET / HTTP/1.1\r\n\r\n");
    assert_eq!(
        bench.actions(),
        [Action::Disconnect, Action::Connect { address: 1 }]
    );
    // So they do while it is being opened.
    bench.client.handle_connected(bench.now);
    bench
        .client
        .handle_input(bench.now, b"SSH-2.0-OpenSSH_9.6\r\n");
    assert_eq!(bench.client.poll_action(), Some(Action::Disconnect));
}
