//! Snapshots, statistics and device information.

use alloc::vec::Vec;
use core::time::Duration;

use super::Centre;
use super::calls::data::{named_arrays, named_variables, said, seconds, variables};
use super::centre::Counts;
use super::sessions::{ConnectionId, Refusal, Sessions};
use crate::ccx::special::MAX_NUM_DEVICES;
use crate::ccx::{
    AgentState, AgentStateMask, Call, CallDevice, CallType, ConnectionDeviceType, ControlFailure,
    Message, QueryAgentQueueStatisticsConf, QueryAgentQueueStatisticsReq, QueryDeviceInfoConf,
    QueryDeviceInfoReq, QueryQueueStatisticsConf, QueryQueueStatisticsReq,
    QuerySummaryStatisticsConf, SnapshotCallConf, SnapshotCallReq, SnapshotDeviceConf,
    SnapshotDeviceReq, StatusCode, Text,
};

/// The current activity in a CSQ or in the whole centre.
#[derive(Clone, Copy, Default)]
struct Now {
    logged_in: u16,
    in_session: u16,
    available: u16,
    unavailable: u16,
    in_work: u16,
    selected: u16,
    waiting: u32,
    oldest: u32,
}

impl Centre {
    /// Answers a request for information. Returns whether it is one.
    pub(super) fn inform(
        &mut self,
        id: ConnectionId,
        message: &Message<'_>,
        out: &mut Sessions,
    ) -> bool {
        let answered = match message {
            Message::SnapshotCallReq(request) => self.snapshot_call(id, request, out),
            Message::SnapshotDeviceReq(request) => self.snapshot_device(id, request, out),
            Message::QueryDeviceInfoReq(request) => self.device_info(id, request, out),
            Message::QueryQueueStatisticsReq(request) => self.queue_statistics(id, request, out),
            Message::QueryAgentQueueStatisticsReq(request) => {
                self.agent_queue_statistics(id, request, out)
            }
            Message::QuerySummaryStatisticsReq(request) => {
                self.summary_statistics(id, request.invoke_id, out);
                Ok(())
            }
            _ => return false,
        };
        if let Err(refusal) = answered {
            out.refuse(id, message.invoke_id().unwrap_or_default(), refusal);
        }
        true
    }

    fn snapshot_call(
        &self,
        id: ConnectionId,
        request: &SnapshotCallReq<'_>,
        out: &mut Sessions,
    ) -> Result<(), Refusal> {
        let device = request.connection_device_id.unwrap_or_default();
        let call = self
            .calls
            .get(&request.call_id)
            .filter(|call| call.connection(device.as_bytes()).is_some())
            .ok_or(StatusCode::INVALID_CALLID)?;
        let devices: Vec<CallDevice<'_>> = call
            .connections
            .iter()
            .filter(|inside| inside.told)
            .take(MAX_NUM_DEVICES)
            .map(|inside| CallDevice {
                call_connection_call_id: Some(call.call_id),
                call_connection_device_type: Some(ConnectionDeviceType::STATIC),
                call_connection_device_id: Some(inside.device.text().into()),
                call_device_type: Some(inside.kind),
                call_device_id: Some(inside.device.text().into()),
                call_device_connection_state: Some(inside.state),
            })
            .collect();
        let named = named_variables(call);
        let arrays = named_arrays(call);
        let [v1, v2, v3, v4, v5, v6, v7, v8, v9, v10] = variables(call);
        let conf = SnapshotCallConf {
            invoke_id: request.invoke_id,
            call_type: CallType::INVALID,
            ani: said(&call.ani).map(Into::into),
            dnis: said(&call.dialed_number).map(Into::into),
            dialed_number: said(&call.dialed_number).map(Into::into),
            caller_entered_digits: said(&call.digits),
            call_variable1: v1,
            call_variable2: v2,
            call_variable3: v3,
            call_variable4: v4,
            call_variable5: v5,
            call_variable6: v6,
            call_variable7: v7,
            call_variable8: v8,
            call_variable9: v9,
            call_variable10: v10,
            call_wrapup_data: said(&call.wrap_up),
            named_variables: named.as_slice().into(),
            named_arrays: arrays.as_slice().into(),
            call_devices: devices.as_slice().into(),
            ..SnapshotCallConf::default()
        };
        out.send(id, &conf.into());
        Ok(())
    }

    /// Serves phones and CTI ports alike.
    fn snapshot_device(
        &self,
        id: ConnectionId,
        request: &SnapshotDeviceReq<'_>,
        out: &mut Sessions,
    ) -> Result<(), Refusal> {
        let device = request.agent_instrument.unwrap_or_default();
        if !self.is_phone(device.as_bytes()) && !self.is_port(device.as_bytes()) {
            return Err(ControlFailure::INVALID_CSTA_DEVICE_ID.into());
        }
        let calls: Vec<Call<'_>> = self
            .calls
            .values()
            .filter_map(|call| {
                let inside = call.connection(device.as_bytes())?;
                Some(Call {
                    call_connection_call_id: Some(call.call_id),
                    call_connection_device_type: Some(ConnectionDeviceType::STATIC),
                    call_connection_device_id: Some(inside.device.text().into()),
                    call_device_connection_state: Some(inside.state),
                })
            })
            .take(MAX_NUM_DEVICES)
            .collect();
        let conf = SnapshotDeviceConf {
            invoke_id: request.invoke_id,
            calls: calls.as_slice().into(),
            ..SnapshotDeviceConf::default()
        };
        out.send(id, &conf.into());
        Ok(())
    }

    fn device_info(
        &self,
        id: ConnectionId,
        request: &QueryDeviceInfoReq<'_>,
        out: &mut Sessions,
    ) -> Result<(), Refusal> {
        let device = request.agent_instrument.unwrap_or_default();
        if !self.is_phone(device.as_bytes()) && !self.is_port(device.as_bytes()) {
            return Err(ControlFailure::INVALID_CSTA_DEVICE_ID.into());
        }
        let conf = QueryDeviceInfoConf {
            invoke_id: request.invoke_id,
            max_active_calls: 1,
            max_held_calls: 1,
            max_devices_in_conference: 16,
            make_call_setup: AgentStateMask::AGENT_NOT_READY
                | AgentStateMask::AGENT_AVAILABLE
                | AgentStateMask::AGENT_WORK,
            ..QueryDeviceInfoConf::default()
        };
        out.send(id, &conf.into());
        Ok(())
    }

    /// Returns the current activity in a CSQ, or in all of them.
    fn going_on(&self, csq_id: Option<u32>) -> Now {
        let mut now = Now::default();
        for agent in self.agents.values() {
            let serves = csq_id.is_none_or(|csq_id| agent.plan.csqs.contains(&csq_id));
            if !serves || agent.state == AgentState::LOGOUT {
                continue;
            }
            now.logged_in = now.logged_in.saturating_add(1);
            let count = match agent.state {
                AgentState::READY => &mut now.available,
                AgentState::TALKING => &mut now.in_session,
                AgentState::WORK => &mut now.in_work,
                AgentState::RESERVED => &mut now.selected,
                _ => &mut now.unavailable,
            };
            *count = count.saturating_add(1);
        }
        for call in self.calls.values() {
            let waits = match csq_id {
                Some(csq_id) => call.queues.contains(&csq_id),
                None => !call.queues.is_empty(),
            };
            if waits {
                now.waiting = now.waiting.saturating_add(1);
                let waited = seconds(self.now.saturating_sub(call.since));
                now.oldest = now.oldest.max(waited);
            }
        }
        now
    }

    fn queue_statistics(
        &self,
        id: ConnectionId,
        request: &QueryQueueStatisticsReq<'_>,
        out: &mut Sessions,
    ) -> Result<(), Refusal> {
        let csq_id = request
            .csq_id
            .filter(|csq_id| self.plan.csqs.iter().any(|csq| csq.csq_id == *csq_id))
            .ok_or(StatusCode::INVALID_CSQ)?;
        let now = self.going_on(Some(csq_id));
        let counts = self.counts.get(&csq_id).copied().unwrap_or_default();
        let conf = QueryQueueStatisticsConf {
            invoke_id: request.invoke_id,
            logged_in_agents: now.logged_in,
            in_session_agents: now.in_session,
            available_agents: now.available,
            unavailable_agents: now.unavailable,
            in_work_agents: now.in_work,
            selected_agents: now.selected,
            calls_in_priority_queue1: now.waiting,
            total_calls: counts.total,
            oldest_call_in_queue: now.oldest,
            handled_calls_today: counts.handled,
            calls_abandoned: counts.abandoned,
            average_talk_duration: average(counts.talked, counts.handled),
            average_wait_duration: average(counts.waited, counts.total),
            longest_talk_duration: seconds(counts.longest_talk),
            longest_wait_duration: seconds(counts.longest_wait),
            csq_id: Some(csq_id),
            ..QueryQueueStatisticsConf::default()
        };
        out.send(id, &conf.into());
        Ok(())
    }

    fn agent_queue_statistics(
        &self,
        id: ConnectionId,
        request: &QueryAgentQueueStatisticsReq<'_>,
        out: &mut Sessions,
    ) -> Result<(), Refusal> {
        let login_id: Text<'_> = request.agent_id.unwrap_or_default();
        let agent = self
            .agents
            .get(login_id.as_bytes())
            .ok_or(StatusCode::INVALID_AGENT_DATA)?;
        let all = agent
            .plan
            .csqs
            .iter()
            .map(|csq_id| self.going_on(Some(*csq_id)));
        let (waiting, oldest) = all.fold((0_u32, 0), |(waiting, oldest), now| {
            (waiting.saturating_add(now.waiting), now.oldest.max(oldest))
        });
        let conf = QueryAgentQueueStatisticsConf {
            invoke_id: request.invoke_id,
            calls_in_queue: waiting,
            oldest_call_in_queue: oldest,
            agent_id: Some(login_id),
            ..QueryAgentQueueStatisticsConf::default()
        };
        out.send(id, &conf.into());
        Ok(())
    }

    fn summary_statistics(&self, id: ConnectionId, invoke_id: u32, out: &mut Sessions) {
        let now = self.going_on(None);
        let counts = self
            .counts
            .values()
            .fold(Counts::default(), |sum, csq| Counts {
                total: sum.total.saturating_add(csq.total),
                handled: sum.handled.saturating_add(csq.handled),
                abandoned: sum.abandoned.saturating_add(csq.abandoned),
                talked: sum.talked.saturating_add(csq.talked),
                waited: sum.waited.saturating_add(csq.waited),
                longest_talk: sum.longest_talk.max(csq.longest_talk),
                longest_wait: sum.longest_wait.max(csq.longest_wait),
            });
        let conf = QuerySummaryStatisticsConf {
            invoke_id,
            num_queues: u16::try_from(self.plan.csqs.len()).unwrap_or(u16::MAX),
            logged_in_agents: now.logged_in,
            in_session_agents: now.in_session,
            available_agents: now.available,
            unavailable_agents: now.unavailable,
            in_work_agents: now.in_work,
            selected_agents: now.selected,
            calls_in_priority_queue1: now.waiting,
            total_calls: counts.total,
            oldest_call_in_queue: now.oldest,
            handled_calls_today: counts.handled,
            calls_abandoned: counts.abandoned,
            average_talk_duration: average(counts.talked, counts.handled),
            average_wait_duration: average(counts.waited, counts.total),
            longest_talk_duration: seconds(counts.longest_talk),
            longest_wait_duration: seconds(counts.longest_wait),
            ..QuerySummaryStatisticsConf::default()
        };
        out.send(id, &conf.into());
    }
}

fn average(sum: Duration, count: u32) -> u32 {
    sum.checked_div(count).map_or(0, seconds)
}
