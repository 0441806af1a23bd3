//! New records.

use alloc::vec::Vec;

use super::requests::{About, Ask, No};
use super::{Ocs, Record};
use crate::gsw::messages::AddRecord;
use crate::gsw::{
    CallResult, CallTime, DateTime, ErrorCode, PhoneType, RecordStatus, RecordType,
    SecondsFromMidnight, TextBuf,
};

impl Ocs {
    pub(super) fn add(
        &mut self,
        ask: &Ask<'_>,
        about: About,
        request: &AddRecord<'_>,
    ) -> Result<(), No> {
        let wrong = || No::Error(ErrorCode::INVALID_ATTRIBUTE_VALUE);
        let group = about
            .group
            .and_then(|place| self.groups.get(place))
            .ok_or_else(wrong)?;
        let list: TextBuf = request.calling_list.unwrap_or_default().into();
        if !group.calling_lists.contains(&list) {
            return Err(wrong());
        }
        let own = about.place.and_then(|place| self.with_record(place));
        let own = own.map(|(_, record)| record.chain_id);
        if let (Some(own), Some(named)) = (own, request.chain_id)
            && own != named
        {
            return Err(wrong());
        }
        let in_list = |record: &&Record| record.calling_list == list;
        let in_chain = |chain_id: i64| move |record: &&Record| record.chain_id == chain_id;
        let (chain_id, chain_n, record_type) = match request.chain_id {
            None => {
                let last = self
                    .records
                    .iter()
                    .filter(in_list)
                    .map(|record| record.chain_id)
                    .max();
                let chain_id = last.unwrap_or(0).saturating_add(1);
                (
                    chain_id,
                    0,
                    request.record_type.unwrap_or(RecordType::GENERAL),
                )
            }
            Some(chain_id) => {
                let members = || {
                    self.records
                        .iter()
                        .filter(in_list)
                        .filter(in_chain(chain_id))
                };
                let first = members().next().ok_or_else(wrong)?;
                let next = members().map(|record| record.chain_n).max();
                let next = next.unwrap_or(0).saturating_add(1);
                let chain_n = request
                    .chain_n
                    .filter(|chain_n| *chain_n != 0)
                    .unwrap_or(next);
                if members().any(|record| record.chain_n == chain_n) {
                    return Err(No::Error(ErrorCode::RECORD_ALREADY_EXISTS));
                }
                (chain_id, chain_n, first.record_type)
            }
        };
        let zone = self
            .records
            .iter()
            .find(in_list)
            .map(|record| record.tz_offset);
        let fields = request.unlisted.iter();
        let fields = fields.filter(|pair| !crate::gsw::keys::is_reserved(pair.key));
        let fields = fields
            .map(|pair| (pair.key.into(), pair.value.to_buf()))
            .collect();
        let date_time = match request.date_time {
            Some(DateTime::At(at)) => Some(at),
            Some(DateTime::Unreadable(_)) => return Err(No::Error(ErrorCode::INVALID_TIME_FORMAT)),
            _ => None,
        };
        let from = request.from.unwrap_or(SecondsFromMidnight(28_800));
        let until = request.until.unwrap_or(SecondsFromMidnight(64_800));
        let status = request.record_status.unwrap_or(RecordStatus::READY);
        // It is on no desktop that could finish it.
        if until <= from || status == RecordStatus::RETRIEVED {
            return Err(wrong());
        }
        let record = Record {
            calling_list: list.clone(),
            chain_id,
            chain_n,
            phone: request.phone.unwrap_or_default().into(),
            phone_type: request
                .phone_type
                .unwrap_or(PhoneType::DIRECT_BUSINESS_PHONE),
            tz_offset: zone.unwrap_or_default(),
            record_type,
            status,
            call_result: request.call_result.unwrap_or(CallResult::UNKNOWN),
            attempts: request.attempts.unwrap_or(0),
            call_time: request.call_time.unwrap_or(CallTime::NEVER),
            from,
            until,
            date_time,
            agent: (record_type == RecordType::PERSONAL_CALLBACK).then(|| ask.dn.clone()),
            fields,
            ..Record::default()
        };
        self.records.push(record);
        self.plan_callback(self.records.len().saturating_sub(1));
        // The chain has changed: any client that has it may request it again.
        let members = self.open.iter().copied().filter(|place| {
            self.with_record(*place).is_some_and(|(_, record)| {
                record.calling_list == list && record.chain_id == chain_id
            })
        });
        let members: Vec<usize> = members.collect();
        for member in members {
            if let Some(allotment) = self.allotments.get_mut(member) {
                allotment.chain_asked = false;
            }
        }
        self.acknowledge(ask);
        Ok(())
    }
}
