# Made from the tables of cti-codec by `cargo run --example kaitai`: change those, not this.
meta:
  id: ccx_cti
  title: Cisco Unified CCX CTI protocol
  application: Cisco Unified Contact Center Express
  license: MIT
  ks-version: 0.9
  endian: be
doc: |
  One direction of a session: messages one after the other. The version is that of the session's
  OPEN_REQ; it decides which fields exist, and from 18 on FieldDataID has two bytes.
  A number whose field has another size than its type is left out, and texts are bytes until you
  ask for them as UTF-8, so that no field of a server fails the parse.
params:
  - id: version
    type: u4
    doc: The protocol version of the session, 10 to 18.
seq:
  - id: messages
    type: message
    repeat: eos
types:
  message:
    seq:
      - id: body_length
        type: u4
      - id: message_type
        type: u4
        enum: message_type
      - id: body
        size: body_length
        type:
          switch-on: message_type
          cases:
            'message_type::failure_conf': failure_conf
            'message_type::failure_event': failure_event
            'message_type::open_req': open_req
            'message_type::open_conf': open_conf
            'message_type::heartbeat_req': heartbeat_req
            'message_type::heartbeat_conf': heartbeat_conf
            'message_type::close_req': close_req
            'message_type::close_conf': close_conf
            'message_type::call_delivered_event': call_delivered_event
            'message_type::call_established_event': call_established_event
            'message_type::call_held_event': call_held_event
            'message_type::call_retrieved_event': call_retrieved_event
            'message_type::call_cleared_event': call_cleared_event
            'message_type::call_connection_cleared_event': call_connection_cleared_event
            'message_type::call_originated_event': call_originated_event
            'message_type::call_failed_event': call_failed_event
            'message_type::call_conferenced_event': call_conferenced_event
            'message_type::call_transferred_event': call_transferred_event
            'message_type::call_diverted_event': call_diverted_event
            'message_type::call_service_initiated_event': call_service_initiated_event
            'message_type::call_queued_event': call_queued_event
            'message_type::begin_call_event': begin_call_event
            'message_type::end_call_event': end_call_event
            'message_type::call_data_update_event': call_data_update_event
            'message_type::set_call_data_req': set_call_data_req
            'message_type::set_call_data_conf': set_call_data_conf
            'message_type::agent_state_event': agent_state_event
            'message_type::system_event': system_event
            'message_type::control_failure_conf': control_failure_conf
            'message_type::query_agent_state_req': query_agent_state_req
            'message_type::query_agent_state_conf': query_agent_state_conf
            'message_type::set_agent_state_req': set_agent_state_req
            'message_type::set_agent_state_conf': set_agent_state_conf
            'message_type::alternate_call_req': alternate_call_req
            'message_type::alternate_call_conf': alternate_call_conf
            'message_type::answer_call_req': answer_call_req
            'message_type::answer_call_conf': answer_call_conf
            'message_type::clear_call_req': clear_call_req
            'message_type::clear_call_conf': clear_call_conf
            'message_type::clear_connection_req': clear_connection_req
            'message_type::clear_connection_conf': clear_connection_conf
            'message_type::conference_call_req': conference_call_req
            'message_type::conference_call_conf': conference_call_conf
            'message_type::consult_call_req': consult_call_req
            'message_type::consult_call_conf': consult_call_conf
            'message_type::hold_call_req': hold_call_req
            'message_type::hold_call_conf': hold_call_conf
            'message_type::make_call_req': make_call_req
            'message_type::make_call_conf': make_call_conf
            'message_type::reconnect_call_req': reconnect_call_req
            'message_type::reconnect_call_conf': reconnect_call_conf
            'message_type::retrieve_call_req': retrieve_call_req
            'message_type::retrieve_call_conf': retrieve_call_conf
            'message_type::transfer_call_req': transfer_call_req
            'message_type::transfer_call_conf': transfer_call_conf
            'message_type::query_device_info_req': query_device_info_req
            'message_type::query_device_info_conf': query_device_info_conf
            'message_type::snapshot_call_req': snapshot_call_req
            'message_type::snapshot_call_conf': snapshot_call_conf
            'message_type::snapshot_device_req': snapshot_device_req
            'message_type::snapshot_device_conf': snapshot_device_conf
            'message_type::call_dequeued_event': call_dequeued_event
            'message_type::send_dtmf_signal_req': send_dtmf_signal_req
            'message_type::send_dtmf_signal_conf': send_dtmf_signal_conf
            'message_type::rtp_started_event': rtp_started_event
            'message_type::rtp_stopped_event': rtp_stopped_event
            'message_type::supervisor_assist_req': supervisor_assist_req
            'message_type::supervisor_assist_conf': supervisor_assist_conf
            'message_type::supervisor_assist_event': supervisor_assist_event
            'message_type::emergency_call_event': emergency_call_event
            'message_type::supervise_call_req': supervise_call_req
            'message_type::supervise_call_conf': supervise_call_conf
            'message_type::bad_call_req': bad_call_req
            'message_type::bad_call_conf': bad_call_conf
            'message_type::query_queue_statistics_req': query_queue_statistics_req
            'message_type::query_queue_statistics_conf': query_queue_statistics_conf
            'message_type::query_summary_statistics_req': query_summary_statistics_req
            'message_type::query_summary_statistics_conf': query_summary_statistics_conf
            'message_type::config_request_key_event': config_request_key_event
            'message_type::config_key_event': config_key_event
            'message_type::config_request_event': config_request_event
            'message_type::config_begin_event': config_begin_event
            'message_type::config_end_event': config_end_event
            'message_type::config_application_event': config_application_event
            'message_type::config_csq_event': config_csq_event
            'message_type::config_agent_event': config_agent_event
            'message_type::config_device_event': config_device_event
            'message_type::query_agent_queue_statistics_req': query_agent_queue_statistics_req
            'message_type::query_agent_queue_statistics_conf': query_agent_queue_statistics_conf
            'message_type::team_config_req': team_config_req
            'message_type::team_config_event': team_config_event
            'message_type::team_config_conf': team_config_conf
            'message_type::config_terminal_event': config_terminal_event
  text:
    seq:
      - id: raw
        terminator: 0
        eos-error: false
    instances:
      value:
        value: raw.to_s('UTF-8')
  boolean:
    seq:
      - id: two_bytes
        type: u2
        if: _io.size == 2
      - id: four_bytes
        type: u4
        if: _io.size == 4
    instances:
      value:
        value: '_io.size == 4 ? four_bytes : two_bytes'
  named_variable:
    seq:
      - id: name
        type: text
      - id: value
        type: text
  named_array:
    seq:
      - id: index
        type: u1
        if: not _io.eof
      - id: name
        type: text
      - id: value
        type: text
  number_u2:
    seq:
      - id: value
        type: u2
        if: _io.size == 2
  agent_state_u2:
    seq:
      - id: value
        type: u2
        enum: agent_state
        if: _io.size == 2
  agent_type_u2:
    seq:
      - id: value
        type: u2
        enum: agent_type
        if: _io.size == 2
  config_device_type_u2:
    seq:
      - id: value
        type: u2
        enum: config_device_type
        if: _io.size == 2
  connection_device_type_u2:
    seq:
      - id: value
        type: u2
        enum: connection_device_type
        if: _io.size == 2
  device_type_u2:
    seq:
      - id: value
        type: u2
        enum: device_type
        if: _io.size == 2
  local_connection_state_u2:
    seq:
      - id: value
        type: u2
        enum: local_connection_state
        if: _io.size == 2
  member_type_u2:
    seq:
      - id: value
        type: u2
        enum: member_type
        if: _io.size == 2
  record_type_u2:
    seq:
      - id: value
        type: u2
        enum: record_type
        if: _io.size == 2
  number_u4:
    seq:
      - id: value
        type: u4
        if: _io.size == 4
  media_routing_domain_u4:
    seq:
      - id: value
        type: u4
        enum: media_routing_domain
        if: _io.size == 4
  failure_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: status
        type: u4
        enum: status_code
      - id: fields
        type: failure_conf_field
        repeat: eos
  failure_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            7: text # Text
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  failure_event:
    seq:
      - id: status
        type: u4
        enum: status_code
      - id: fields
        type: failure_event_field
        repeat: eos
  failure_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            7: text # Text
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  open_req:
    seq:
      - id: invoke_id
        type: u4
      - id: version_number
        type: u4
      - id: idle_timeout
        type: u4
      - id: peripheral_id
        type: u4
      - id: services_requested
        type: u4
      - id: call_msg_mask
        type: u4
      - id: agent_state_mask
        type: u4
      - id: config_msg_mask
        type: u4
      - id: reserved1
        type: u4
      - id: reserved2
        type: u4
      - id: reserved3
        type: u4
      - id: fields
        type: open_req_field
        repeat: eos
  open_req_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            1: text # ClientID
            3: text # ClientSignature
            4: text # AgentExtension
            6: text # AgentInstrument
            194: text # AgentID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  open_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: services_granted
        type: u4
      - id: monitor_id
        type: u4
      - id: pg_status
        type: u4
      - id: icm_central_controller_time
        type: u4
      - id: unified_ccx_online
        type: u2
      - id: peripheral_type
        type: u2
      - id: agent_state
        type: u2
        enum: agent_state
      - id: fields
        type: open_conf_field
        repeat: eos
  open_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            4: text # AgentExtension
            5: text # AGENT_ID
            6: text # AgentInstrument
            194: text # AgentID
            208: number_u4 # FltPeripheralID
            224: number_u2 # MultilineAgentControl
            228: number_u2 # NumPeripherals
            248: number_u2 # ConfigMsgMaskGranted
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  heartbeat_req:
    seq:
      - id: invoke_id
        type: u4
      - id: fields
        type: heartbeat_req_field
        repeat: eos
  heartbeat_req_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  heartbeat_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: fields
        type: heartbeat_conf_field
        repeat: eos
  heartbeat_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  close_req:
    seq:
      - id: invoke_id
        type: u4
      - id: status
        type: u4
        enum: status_code
      - id: fields
        type: close_req_field
        repeat: eos
  close_req_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  close_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: fields
        type: close_conf_field
        repeat: eos
  close_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  call_delivered_event:
    seq:
      - id: monitor_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: peripheral_type
        type: u2
      - id: connection_device_type
        type: u2
        enum: connection_device_type
      - id: call_id
        type: u4
      - id: line_handle
        type: u2
      - id: line_type
        type: u2
        enum: line_type
      - id: application_id
        type: u4
      - id: service_id
        type: u4
      - id: csqid
        type: u4
      - id: skill_group_id
        type: u4
      - id: skill_group_priority
        type: u2
      - id: alerting_device_type
        type: u2
        enum: device_type
      - id: calling_device_type
        type: u2
        enum: device_type
      - id: called_device_type
        type: u2
        enum: device_type
      - id: last_redirect_device_type
        type: u2
        enum: device_type
      - id: local_connection_state
        type: u2
        enum: local_connection_state
      - id: event_cause
        type: u2
        enum: event_cause
      - id: num_named_variables
        type: u2
      - id: num_named_arrays
        type: u2
      - id: fields
        type: call_delivered_event_field
        repeat: eos
  call_delivered_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            8: text # ANI
            10: text # DNIS
            11: text # DialedNumber
            12: text # CallerEnteredDigits
            13: text # CallVariable1
            14: text # CallVariable2
            15: text # CallVariable3
            16: text # CallVariable4
            17: text # CallVariable5
            18: text # CallVariable6
            19: text # CallVariable7
            20: text # CallVariable8
            21: text # CallVariable9
            22: text # CallVariable10
            25: text # ConnectionDeviceID
            26: text # AlertingDeviceID
            27: text # CallingDeviceID
            28: text # CalledDeviceID
            29: text # LastRedirectDeviceID
            46: text # CallWrapupData
            82: named_variable # NamedVariable
            83: named_array # NamedArray
            202: number_u4 # SecondaryCallID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  call_established_event:
    seq:
      - id: monitor_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: peripheral_type
        type: u2
      - id: connection_device_type
        type: u2
        enum: connection_device_type
      - id: call_id
        type: u4
      - id: line_handle
        type: u2
      - id: line_type
        type: u2
        enum: line_type
      - id: application_id
        type: u4
      - id: service_id
        type: u4
      - id: csqid
        type: u4
      - id: skill_group_id
        type: u4
      - id: skill_group_priority
        type: u2
      - id: answering_device_type
        type: u2
        enum: device_type
      - id: calling_device_type
        type: u2
        enum: device_type
      - id: called_device_type
        type: u2
        enum: device_type
      - id: last_redirect_device_type
        type: u2
        enum: device_type
      - id: local_connection_state
        type: u2
        enum: local_connection_state
      - id: event_cause
        type: u2
        enum: event_cause
      - id: fields
        type: call_established_event_field
        repeat: eos
  call_established_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            25: text # ConnectionDeviceID
            27: text # CallingDeviceID
            28: text # CalledDeviceID
            29: text # LastRedirectDeviceID
            30: text # AnsweringDeviceID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  call_held_event:
    seq:
      - id: monitor_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: peripheral_type
        type: u2
      - id: connection_device_type
        type: u2
        enum: connection_device_type
      - id: call_id
        type: u4
      - id: holding_device_type
        type: u2
        enum: device_type
      - id: local_connection_state
        type: u2
        enum: local_connection_state
      - id: event_cause
        type: u2
        enum: event_cause
      - id: fields
        type: call_held_event_field
        repeat: eos
  call_held_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            25: text # ConnectionDeviceID
            31: text # HoldingDeviceID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  call_retrieved_event:
    seq:
      - id: monitor_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: peripheral_type
        type: u2
      - id: connection_device_type
        type: u2
        enum: connection_device_type
      - id: call_id
        type: u4
      - id: retrieving_device_type
        type: u2
        enum: device_type
      - id: local_connection_state
        type: u2
        enum: local_connection_state
      - id: event_cause
        type: u2
        enum: event_cause
      - id: fields
        type: call_retrieved_event_field
        repeat: eos
  call_retrieved_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            25: text # ConnectionDeviceID
            32: text # RetrievingDeviceID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  call_cleared_event:
    seq:
      - id: monitor_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: peripheral_type
        type: u2
      - id: connection_device_type
        type: u2
      - id: call_id
        type: u4
      - id: local_connection_state
        type: u2
        enum: local_connection_state
      - id: event_cause
        type: u2
        enum: event_cause
      - id: fields
        type: call_cleared_event_field
        repeat: eos
  call_cleared_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            25: text # ConnectionDeviceID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  call_connection_cleared_event:
    seq:
      - id: monitor_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: peripheral_type
        type: u2
      - id: connection_device_type
        type: u2
        enum: connection_device_type
      - id: call_id
        type: u4
      - id: releasing_device_type
        type: u2
        enum: device_type
      - id: local_connection_state
        type: u2
        enum: local_connection_state
      - id: event_cause
        type: u2
        enum: event_cause
      - id: fields
        type: call_connection_cleared_event_field
        repeat: eos
  call_connection_cleared_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            25: text # ConnectionDeviceID
            33: text # ReleasingDeviceID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  call_originated_event:
    seq:
      - id: monitor_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: peripheral_type
        type: u2
      - id: connection_device_type
        type: u2
        enum: connection_device_type
      - id: call_id
        type: u4
      - id: line_handle
        type: u2
      - id: line_type
        type: u2
      - id: application_id
        type: u4
      - id: service_id
        type: u4
      - id: csqid
        type: u4
      - id: skill_group_id
        type: u4
      - id: skill_group_priority
        type: u2
      - id: calling_device_type
        type: u2
        enum: device_type
      - id: called_device_type
        type: u2
        enum: device_type
      - id: local_connection_state
        type: u2
        enum: local_connection_state
      - id: event_cause
        type: u2
        enum: event_cause
      - id: fields
        type: call_originated_event_field
        repeat: eos
  call_originated_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            25: text # ConnectionDeviceID
            27: text # CallingDeviceID
            28: text # CalledDeviceID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  call_failed_event:
    seq:
      - id: monitor_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: peripheral_type
        type: u2
      - id: connection_device_type
        type: u2
        enum: connection_device_type
      - id: call_id
        type: u4
      - id: failing_device_type
        type: u2
        enum: device_type
      - id: called_device_type
        type: u2
        enum: device_type
      - id: local_connection_state
        type: u2
        enum: local_connection_state
      - id: event_cause
        type: u2
        enum: event_cause
      - id: fields
        type: call_failed_event_field
        repeat: eos
  call_failed_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            25: text # ConnectionDeviceID
            28: text # CalledDeviceID
            34: text # FailingDeviceID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  call_conferenced_event:
    seq:
      - id: monitor_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: peripheral_type
        type: u2
      - id: primary_device_type
        type: u2
        enum: connection_device_type
      - id: primary_call_id
        type: u4
      - id: line_handle
        type: u2
      - id: line_type
        type: u2
        enum: line_type
      - id: skill_group_number
        type: u4
      - id: skill_group_id
        type: u4
      - id: skill_group_priority
        type: u2
      - id: num_parties
        type: u2
      - id: secondary_device_type
        type: u2
        enum: connection_device_type
      - id: secondary_call_id
        type: u4
      - id: controller_device_type
        type: u2
        enum: device_type
      - id: added_party_device_type
        type: u2
        enum: device_type
      - id: local_connection_state
        type: u2
        enum: local_connection_state
      - id: event_cause
        type: u2
        enum: event_cause
      - id: fields
        type: call_conferenced_event_field
        repeat: eos
  call_conferenced_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            35: text # PrimaryDeviceID
            36: text # SecondaryDeviceID
            37: text # ControllerDeviceID
            38: text # AddedPartyDeviceID
            39: number_u4 # ConnectedPartyCallID
            40: connection_device_type_u2 # ConnectedPartyDeviceType
            41: text # ConnectedPartyDeviceID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  call_transferred_event:
    seq:
      - id: monitor_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: peripheral_type
        type: u2
      - id: primary_device_type
        type: u2
        enum: connection_device_type
      - id: primary_call_id
        type: u4
      - id: line_handle
        type: u2
      - id: line_type
        type: u2
        enum: line_type
      - id: skill_group_number
        type: u4
      - id: skill_group_id
        type: u4
      - id: skill_group_priority
        type: u2
      - id: num_parties
        type: u2
      - id: secondary_device_type
        type: u2
        enum: connection_device_type
      - id: secondary_call_id
        type: u4
      - id: transferring_device_type
        type: u2
        enum: device_type
      - id: transferred_device_type
        type: u2
        enum: device_type
      - id: local_connection_state
        type: u2
        enum: local_connection_state
      - id: event_cause
        type: u2
        enum: event_cause
      - id: fields
        type: call_transferred_event_field
        repeat: eos
  call_transferred_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            35: text # PrimaryDeviceID
            36: text # SecondaryDeviceID
            39: number_u4 # ConnectedPartyCallID
            40: connection_device_type_u2 # ConnectedPartyDeviceType
            41: text # ConnectedPartyDeviceID
            42: text # TransferringDeviceID
            43: text # TransferredDeviceID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  call_diverted_event:
    seq:
      - id: monitor_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: peripheral_type
        type: u2
      - id: connection_device_type
        type: u2
        enum: connection_device_type
      - id: call_id
        type: u4
      - id: application_id
        type: u4
      - id: service_id
        type: u4
      - id: diverting_device_type
        type: u2
        enum: device_type
      - id: called_device_type
        type: u2
        enum: device_type
      - id: local_connection_state
        type: u2
        enum: local_connection_state
      - id: event_cause
        type: u2
        enum: event_cause
      - id: fields
        type: call_diverted_event_field
        repeat: eos
  call_diverted_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            25: text # ConnectionDeviceID
            28: text # CalledDeviceID
            44: text # DivertingDeviceID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  call_service_initiated_event:
    seq:
      - id: monitor_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: peripheral_type
        type: u2
      - id: connection_device_type
        type: u2
        enum: connection_device_type
      - id: call_id
        type: u4
      - id: line_handle
        type: u2
      - id: line_type
        type: u2
        enum: line_type
      - id: application_id
        type: u4
      - id: service_id
        type: u4
      - id: csqid
        type: u4
      - id: skill_group_id
        type: u4
      - id: skill_group_priority
        type: u2
      - id: calling_device_type
        type: u2
        enum: device_type
      - id: local_connection_state
        type: u2
        enum: local_connection_state
      - id: event_cause
        type: u2
        enum: event_cause
      - id: fields
        type: call_service_initiated_event_field
        repeat: eos
  call_service_initiated_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            25: text # ConnectionDeviceID
            27: text # CallingDeviceID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  call_queued_event:
    seq:
      - id: monitor_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: peripheral_type
        type: u2
      - id: connection_device_type
        type: u2
        enum: connection_device_type
      - id: call_id
        type: u4
      - id: application_id
        type: u4
      - id: service_id
        type: u4
      - id: queue_device_type
        type: u2
        enum: device_type
      - id: calling_device_type
        type: u2
        enum: device_type
      - id: called_device_type
        type: u2
        enum: device_type
      - id: last_redirect_device_type
        type: u2
        enum: device_type
      - id: num_queued
        type: u2
      - id: num_cs_qs
        type: u2
      - id: local_connection_state
        type: u2
        enum: local_connection_state
      - id: event_cause
        type: u2
        enum: event_cause
      - id: fields
        type: call_queued_event_field
        repeat: eos
  call_queued_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            25: text # ConnectionDeviceID
            27: text # CallingDeviceID
            28: text # CalledDeviceID
            29: text # LastRedirectDeviceID
            45: text # QueueDeviceID
            62: number_u4 # CSQID
            63: number_u4 # SKILL_GROUP_ID
            64: number_u2 # SKILL_GROUP_PRIORITY
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  begin_call_event:
    seq:
      - id: monitor_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: peripheral_type
        type: u2
      - id: num_cti_clients
        type: u2
      - id: num_named_variables
        type: u2
      - id: num_named_arrays
        type: u2
      - id: call_type
        type: u2
        enum: call_type
      - id: connection_device_type
        type: u2
        enum: connection_device_type
      - id: call_id
        type: u4
      - id: called_party_disposition
        type: u2
        enum: call_party_disposition
      - id: fields
        type: begin_call_event_field
        repeat: eos
  begin_call_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            8: text # ANI
            10: text # DNIS
            11: text # DialedNumber
            12: text # CallerEnteredDigits
            13: text # CallVariable1
            14: text # CallVariable2
            15: text # CallVariable3
            16: text # CallVariable4
            17: text # CallVariable5
            18: text # CallVariable6
            19: text # CallVariable7
            20: text # CallVariable8
            21: text # CallVariable9
            22: text # CallVariable10
            23: text # CTIClientSignature
            24: number_u4 # CTIClientTimeStamp
            25: text # ConnectionDeviceID
            46: text # CallWrapupData
            82: named_variable # NamedVariable
            83: named_array # NamedArray
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  end_call_event:
    seq:
      - id: monitor_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: peripheral_type
        type: u2
      - id: connection_device_type
        type: u2
        enum: connection_device_type
      - id: call_id
        type: u4
      - id: fields
        type: end_call_event_field
        repeat: eos
  end_call_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            25: text # ConnectionDeviceID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  call_data_update_event:
    seq:
      - id: monitor_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: peripheral_type
        type: u2
      - id: num_cti_clients
        type: u2
      - id: num_named_variables
        type: u2
      - id: num_named_arrays
        type: u2
      - id: call_type
        type: u2
        enum: call_type
      - id: connection_device_type
        type: u2
        enum: connection_device_type
      - id: call_id
        type: u4
      - id: new_connection_device_type
        type: u2
        enum: connection_device_type
      - id: new_call_id
        type: u4
      - id: called_party_disposition
        type: u2
        enum: call_party_disposition
      - id: campaign_id
        type: u4
      - id: query_rule_id
        type: u4
      - id: fields
        type: call_data_update_event_field
        repeat: eos
  call_data_update_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            8: text # ANI
            12: text # CallerEnteredDigits
            13: text # CallVariable1
            14: text # CallVariable2
            15: text # CallVariable3
            16: text # CallVariable4
            17: text # CallVariable5
            18: text # CallVariable6
            19: text # CallVariable7
            20: text # CallVariable8
            21: text # CallVariable9
            22: text # CallVariable10
            23: text # CTIClientSignature
            24: number_u4 # CTIClientTimeStamp
            25: text # ConnectionDeviceID
            46: text # CallWrapupData
            47: text # NewConnectionDeviceID
            82: named_variable # NamedVariable
            83: named_array # NamedArray
            95: text # CustomerPhoneNumber
            96: text # CustomerAccountNumber
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  set_call_data_req:
    seq:
      - id: invoke_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: connection_device_type
        type: u2
        enum: connection_device_type
      - id: call_id
        type: u4
      - id: num_named_variables
        type: u2
      - id: num_named_arrays
        type: u2
      - id: call_type
        type: u2
        enum: call_type
      - id: called_party_disposition
        type: u2
        enum: call_party_disposition
      - id: campaign_id
        type: u4
      - id: query_rule_id
        type: u4
      - id: fields
        type: set_call_data_req_field
        repeat: eos
  set_call_data_req_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            8: text # ANI
            12: text # CallerEnteredDigits
            13: text # CallVariable1
            14: text # CallVariable2
            15: text # CallVariable3
            16: text # CallVariable4
            17: text # CallVariable5
            18: text # CallVariable6
            19: text # CallVariable7
            20: text # CallVariable8
            21: text # CallVariable9
            22: text # CallVariable10
            25: text # ConnectionDeviceID
            46: text # CallWrapupData
            82: named_variable # NamedVariable
            83: named_array # NamedArray
            96: text # CustomerAccountNumber
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  set_call_data_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: fields
        type: set_call_data_conf_field
        repeat: eos
  set_call_data_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  agent_state_event:
    seq:
      - id: monitor_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: session_id
        type: u4
      - id: peripheral_type
        type: u2
      - id: csq_state
        type: u2
        enum: agent_state
      - id: state_duration
        type: u4
      - id: csqid
        type: u4
      - id: skill_group_id
        type: u4
      - id: skill_group_priority
        type: u2
      - id: agent_state
        type: u2
        enum: agent_state
      - id: event_reason_code
        type: u2
        enum: agent_state_reason_code
      - id: mrdid
        type: s4
      - id: num_tasks
        type: u4
      - id: agent_mode
        type: u2
      - id: max_task_limit
        type: u4
      - id: icm_agent_id
        type: s4
      - id: agent_availability_status
        type: s4
      - id: num_cs_qs
        type: u2
      - id: fields
        type: agent_state_event_field
        repeat: eos
  agent_state_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            4: text # AgentExtension
            5: text # AGENT_ID
            6: text # AgentInstrument
            23: text # CTIClientSignature
            62: number_u4 # CSQID
            63: number_u4 # SKILL_GROUP_ID
            64: number_u2 # SKILL_GROUP_PRIORITY
            65: agent_state_u2 # CSQState
            123: agent_state_u2 # NextAgentState
            150: number_u4 # Duration
            194: text # AgentID
            303: text # ActiveTerminal
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  system_event:
    seq:
      - id: ccx_status
        type: u4
        enum: ccx_status
      - id: ccx_time
        type: u4
      - id: system_event_id
        type: u4
        enum: system_event_id
      - id: system_event_arg1
        type: u4
      - id: system_event_arg2
        type: u4
      - id: system_event_arg3
        type: u4
      - id: event_device_type
        type: u2
        enum: device_type
      - id: fields
        type: system_event_field
        repeat: eos
  system_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            7: text # Text
            206: text # EventDeviceID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  control_failure_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: failure_code
        type: u2
        enum: control_failure
      - id: unified_ccx_error_code
        type: u4
        enum: ccx_error_code
      - id: fields
        type: control_failure_conf_field
        repeat: eos
  control_failure_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            7: text # Text
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  query_agent_state_req:
    seq:
      - id: invoke_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: mrdid
        type: s4
      - id: icm_agent_id
        type: s4
      - id: fields
        type: query_agent_state_req_field
        repeat: eos
  query_agent_state_req_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            4: text # AgentExtension
            6: text # AgentInstrument
            194: text # AgentID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  query_agent_state_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: agent_state
        type: u2
        enum: agent_state
      - id: num_cs_qs
        type: u2
      - id: mrdid
        type: s4
      - id: num_tasks
        type: u4
      - id: agent_mode
        type: u2
      - id: max_task_limit
        type: u4
      - id: icm_agent_id
        type: u4
      - id: agent_availability_status
        type: u4
      - id: fields
        type: query_agent_state_conf_field
        repeat: eos
  query_agent_state_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            4: text # AgentExtension
            5: text # AGENT_ID
            6: text # AgentInstrument
            62: number_u4 # CSQID
            63: number_u4 # SKILL_GROUP_ID
            64: number_u2 # SKILL_GROUP_PRIORITY
            65: agent_state_u2 # CSQState
            194: text # AgentID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  set_agent_state_req:
    seq:
      - id: invoke_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: agent_state
        type: u2
        enum: agent_state
      - id: agent_work_mode
        type: u2
      - id: num_skill_groups
        type: u2
      - id: event_reason_code
        type: u2
        enum: agent_state_reason_code
      - id: forced_flag
        type: u1
        enum: forced_flag
      - id: agent_capacity
        type: u4
        if: _root.version >= 12
      - id: fields
        type: set_agent_state_req_field
        repeat: eos
  set_agent_state_req_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            6: text # AgentInstrument
            49: text # AgentPassword
            194: text # AgentID
            303: text # ActiveTerminal
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  set_agent_state_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: fields
        type: set_agent_state_conf_field
        repeat: eos
  set_agent_state_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  alternate_call_req:
    seq:
      - id: invoke_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: active_call_id
        type: u4
      - id: other_call_id
        type: u4
      - id: active_connection_device_type
        type: u2
        enum: connection_device_type
      - id: other_connection_device_type
        type: u2
        enum: connection_device_type
      - id: fields
        type: alternate_call_req_field
        repeat: eos
  alternate_call_req_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            6: text # AgentInstrument
            50: text # ActiveConnectionDeviceID
            52: text # OtherConnectionDeviceID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  alternate_call_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: fields
        type: alternate_call_conf_field
        repeat: eos
  alternate_call_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  answer_call_req:
    seq:
      - id: invoke_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: call_id
        type: u4
      - id: connection_device_type
        type: u2
        enum: connection_device_type
      - id: fields
        type: answer_call_req_field
        repeat: eos
  answer_call_req_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            6: text # AgentInstrument
            25: text # ConnectionDeviceID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  answer_call_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: fields
        type: answer_call_conf_field
        repeat: eos
  answer_call_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  clear_call_req:
    seq:
      - id: invoke_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: call_id
        type: u4
      - id: connection_device_type
        type: u2
        enum: connection_device_type
      - id: fields
        type: clear_call_req_field
        repeat: eos
  clear_call_req_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            6: text # AgentInstrument
            25: text # ConnectionDeviceID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  clear_call_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: fields
        type: clear_call_conf_field
        repeat: eos
  clear_call_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  clear_connection_req:
    seq:
      - id: invoke_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: call_id
        type: u4
      - id: connection_device_type
        type: u2
        enum: connection_device_type
      - id: fields
        type: clear_connection_req_field
        repeat: eos
  clear_connection_req_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            6: text # AgentInstrument
            25: text # ConnectionDeviceID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  clear_connection_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: fields
        type: clear_connection_conf_field
        repeat: eos
  clear_connection_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  conference_call_req:
    seq:
      - id: invoke_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: held_call_id
        type: u4
      - id: active_call_id
        type: u4
      - id: held_connection_device_type
        type: u2
        enum: connection_device_type
      - id: active_connection_device_type
        type: u2
        enum: connection_device_type
      - id: call_placement_type
        type: u2
      - id: call_manner_type
        type: u2
      - id: alert_rings
        type: u2
      - id: call_option
        type: u2
      - id: facility_type
        type: u2
      - id: answering_machine
        type: u2
      - id: priority
        type: u2
      - id: post_route
        type: u2
      - id: num_named_variables
        type: u2
      - id: num_named_arrays
        type: u2
      - id: fields
        type: conference_call_req_field
        repeat: eos
  conference_call_req_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            6: text # AgentInstrument
            11: text # DialedNumber
            13: text # CallVariable1
            14: text # CallVariable2
            15: text # CallVariable3
            16: text # CallVariable4
            17: text # CallVariable5
            18: text # CallVariable6
            19: text # CallVariable7
            20: text # CallVariable8
            21: text # CallVariable9
            22: text # CallVariable10
            46: text # CallWrapupData
            50: text # ActiveConnectionDeviceID
            53: text # HeldConnectionDeviceID
            78: text # AccountCode
            82: named_variable # NamedVariable
            83: named_array # NamedArray
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  conference_call_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: new_call_id
        type: u4
      - id: new_connection_device_type
        type: u2
        enum: connection_device_type
      - id: num_parties
        type: u2
      - id: line_handle
        type: u2
      - id: line_type
        type: u2
        enum: line_type
      - id: fields
        type: conference_call_conf_field
        repeat: eos
  conference_call_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            39: number_u4 # ConnectedPartyCallID
            40: connection_device_type_u2 # ConnectedPartyDeviceType
            41: text # ConnectedPartyDeviceID
            47: text # NewConnectionDeviceID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  consult_call_req:
    seq:
      - id: invoke_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: active_call_id
        type: u4
      - id: active_connection_device_type
        type: u2
        enum: connection_device_type
      - id: call_placement_type
        type: u2
      - id: call_manner_type
        type: u2
      - id: consult_type
        type: u2
        enum: consult_type
      - id: alert_rings
        type: u2
      - id: call_option
        type: u2
      - id: facility_type
        type: u2
      - id: answering_machine
        type: u2
      - id: priority
        type: u2
      - id: post_route
        type: u2
      - id: num_named_variables
        type: u2
      - id: num_named_arrays
        type: u2
      - id: fields
        type: consult_call_req_field
        repeat: eos
  consult_call_req_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            6: text # AgentInstrument
            11: text # DialedNumber
            13: text # CallVariable1
            14: text # CallVariable2
            15: text # CallVariable3
            16: text # CallVariable4
            17: text # CallVariable5
            18: text # CallVariable6
            19: text # CallVariable7
            20: text # CallVariable8
            21: text # CallVariable9
            22: text # CallVariable10
            46: text # CallWrapupData
            50: text # ActiveConnectionDeviceID
            78: text # AccountCode
            82: named_variable # NamedVariable
            83: named_array # NamedArray
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  consult_call_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: new_call_id
        type: u4
      - id: new_connection_device_type
        type: u2
        enum: connection_device_type
      - id: line_handle
        type: u2
      - id: line_type
        type: u2
        enum: line_type
      - id: fields
        type: consult_call_conf_field
        repeat: eos
  consult_call_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            47: text # NewConnectionDeviceID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  hold_call_req:
    seq:
      - id: invoke_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: call_id
        type: u4
      - id: connection_device_type
        type: u2
        enum: connection_device_type
      - id: reservation
        type: u2
      - id: fields
        type: hold_call_req_field
        repeat: eos
  hold_call_req_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            6: text # AgentInstrument
            25: text # ConnectionDeviceID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  hold_call_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: fields
        type: hold_call_conf_field
        repeat: eos
  hold_call_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  make_call_req:
    seq:
      - id: invoke_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: call_placement_type
        type: u2
      - id: call_manner_type
        type: u2
      - id: alert_rings
        type: u2
      - id: call_option
        type: u2
      - id: facility_type
        type: u2
      - id: answering_machine
        type: u2
      - id: priority
        type: u2
      - id: post_route
        type: u2
      - id: num_named_variables
        type: u2
      - id: num_named_arrays
        type: u2
      - id: skill_group_number
        type: u4
        if: _root.version >= 14
      - id: fields
        type: make_call_req_field
        repeat: eos
  make_call_req_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            6: text # AgentInstrument
            11: text # DialedNumber
            13: text # CallVariable1
            14: text # CallVariable2
            15: text # CallVariable3
            16: text # CallVariable4
            17: text # CallVariable5
            18: text # CallVariable6
            19: text # CallVariable7
            20: text # CallVariable8
            21: text # CallVariable9
            22: text # CallVariable10
            46: text # CallWrapupData
            78: text # AccountCode
            82: named_variable # NamedVariable
            83: named_array # NamedArray
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  make_call_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: new_call_id
        type: u4
      - id: new_connection_device_type
        type: u2
        enum: connection_device_type
      - id: line_handle
        type: u2
      - id: line_type
        type: u2
        enum: line_type
      - id: fields
        type: make_call_conf_field
        repeat: eos
  make_call_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            47: text # NewConnectionDeviceID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  reconnect_call_req:
    seq:
      - id: invoke_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: active_call_id
        type: u4
      - id: held_call_id
        type: u4
      - id: active_connection_device_type
        type: u2
        enum: connection_device_type
      - id: held_connection_device_type
        type: u2
        enum: connection_device_type
      - id: fields
        type: reconnect_call_req_field
        repeat: eos
  reconnect_call_req_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            6: text # AgentInstrument
            50: text # ActiveConnectionDeviceID
            53: text # HeldConnectionDeviceID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  reconnect_call_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: fields
        type: reconnect_call_conf_field
        repeat: eos
  reconnect_call_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  retrieve_call_req:
    seq:
      - id: invoke_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: held_call_id
        type: u4
      - id: held_connection_device_type
        type: u2
        enum: connection_device_type
      - id: fields
        type: retrieve_call_req_field
        repeat: eos
  retrieve_call_req_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            6: text # AgentInstrument
            53: text # HeldConnectionDeviceID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  retrieve_call_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: fields
        type: retrieve_call_conf_field
        repeat: eos
  retrieve_call_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  transfer_call_req:
    seq:
      - id: invoke_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: active_call_id
        type: u4
      - id: held_call_id
        type: u4
      - id: active_connection_device_type
        type: u2
        enum: connection_device_type
      - id: held_connection_device_type
        type: u2
        enum: connection_device_type
      - id: call_placement_type
        type: u2
      - id: call_manner_type
        type: u2
      - id: alert_rings
        type: u2
      - id: call_option
        type: u2
      - id: facility_type
        type: u2
      - id: answering_machine
        type: u2
      - id: priority
        type: u2
      - id: post_route
        type: u2
      - id: num_named_variables
        type: u2
      - id: num_named_arrays
        type: u2
      - id: fields
        type: transfer_call_req_field
        repeat: eos
  transfer_call_req_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            6: text # AgentInstrument
            11: text # DialedNumber
            13: text # CallVariable1
            14: text # CallVariable2
            15: text # CallVariable3
            16: text # CallVariable4
            17: text # CallVariable5
            18: text # CallVariable6
            19: text # CallVariable7
            20: text # CallVariable8
            21: text # CallVariable9
            22: text # CallVariable10
            46: text # CallWrapupData
            50: text # ActiveConnectionDeviceID
            53: text # HeldConnectionDeviceID
            78: text # AccountCode
            82: named_variable # NamedVariable
            83: named_array # NamedArray
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  transfer_call_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: new_call_id
        type: u4
      - id: new_connection_device_type
        type: u2
        enum: connection_device_type
      - id: num_parties
        type: u2
      - id: line_handle
        type: u2
      - id: line_type
        type: u2
        enum: line_type
      - id: fields
        type: transfer_call_conf_field
        repeat: eos
  transfer_call_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            39: number_u4 # ConnectedPartyCallID
            40: connection_device_type_u2 # ConnectedPartyDeviceType
            41: text # ConnectedPartyDeviceID
            47: text # NewConnectionDeviceID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  query_device_info_req:
    seq:
      - id: invoke_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: reserved
        type: u2
      - id: fields
        type: query_device_info_req_field
        repeat: eos
  query_device_info_req_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            6: text # AgentInstrument
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  query_device_info_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: peripheral_type
        type: u2
      - id: type_of_device
        type: u2
      - id: class_of_device
        type: u2
      - id: num_lines
        type: u2
      - id: reserved
        type: u2
      - id: max_active_calls
        type: u2
      - id: max_held_calls
        type: u2
      - id: max_devices_in_conference
        type: u2
      - id: make_call_setup
        type: u4
      - id: transfer_conference_setup
        type: u4
      - id: call_events_supported
        type: u4
      - id: call_control_supported
        type: u4
      - id: other_features_supported
        type: u4
      - id: fields
        type: query_device_info_conf_field
        repeat: eos
  query_device_info_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            70: number_u2 # LINE_HANDLE
            71: number_u2 # LINE_TYPE
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  snapshot_call_req:
    seq:
      - id: invoke_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: call_id
        type: u4
      - id: connection_device_type
        type: u2
        enum: connection_device_type
      - id: fields
        type: snapshot_call_req_field
        repeat: eos
  snapshot_call_req_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            25: text # ConnectionDeviceID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  snapshot_call_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: call_type
        type: u2
        enum: call_type
      - id: num_cti_clients
        type: u2
      - id: num_call_devices
        type: u2
      - id: num_named_variables
        type: u2
      - id: num_named_arrays
        type: u2
      - id: called_party_disposition
        type: u2
      - id: reserved
        type: s4
        if: _root.version >= 11
      - id: fields
        type: snapshot_call_conf_field
        repeat: eos
  snapshot_call_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            8: text # ANI
            10: text # DNIS
            11: text # DialedNumber
            12: text # CallerEnteredDigits
            13: text # CallVariable1
            14: text # CallVariable2
            15: text # CallVariable3
            16: text # CallVariable4
            17: text # CallVariable5
            18: text # CallVariable6
            19: text # CallVariable7
            20: text # CallVariable8
            21: text # CallVariable9
            22: text # CallVariable10
            46: text # CallWrapupData
            56: number_u4 # CallConnectionCallID
            57: connection_device_type_u2 # CallConnectionDeviceType
            58: text # CallConnectionDeviceID
            59: device_type_u2 # CallDeviceType
            60: text # CallDeviceID
            61: local_connection_state_u2 # CallDeviceConnectionState
            72: number_u4 # ROUTER_CALL_KEY_DAY
            73: number_u4 # ROUTER_CALL_KEY_CALLID
            82: named_variable # NamedVariable
            83: named_array # NamedArray
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  snapshot_device_req:
    seq:
      - id: invoke_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: snapshot_device_type
        type: u2
        enum: device_type
      - id: fields
        type: snapshot_device_req_field
        repeat: eos
  snapshot_device_req_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            6: text # AgentInstrument
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  snapshot_device_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: num_calls
        type: u2
      - id: fields
        type: snapshot_device_conf_field
        repeat: eos
  snapshot_device_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            56: number_u4 # CallConnectionCallID
            57: connection_device_type_u2 # CallConnectionDeviceType
            58: text # CallConnectionDeviceID
            61: local_connection_state_u2 # CallDeviceConnectionState
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  call_dequeued_event:
    seq:
      - id: monitor_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: peripheral_type
        type: u2
      - id: connection_device_type
        type: u2
        enum: connection_device_type
      - id: call_id
        type: u4
      - id: application_id
        type: u4
      - id: service_id
        type: u4
      - id: queue_device_type
        type: u2
        enum: device_type
      - id: num_queued
        type: u2
      - id: num_cs_qs
        type: u2
      - id: local_connection_state
        type: u2
        enum: local_connection_state
      - id: event_cause
        type: u2
        enum: event_cause
      - id: fields
        type: call_dequeued_event_field
        repeat: eos
  call_dequeued_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            25: text # ConnectionDeviceID
            45: text # QueueDeviceID
            62: number_u4 # CSQID
            63: number_u4 # SKILL_GROUP_ID
            64: number_u2 # SKILL_GROUP_PRIORITY
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  send_dtmf_signal_req:
    seq:
      - id: invoke_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: call_id
        type: u4
      - id: connection_device_type
        type: u2
        enum: connection_device_type
      - id: tone_duration
        type: u2
      - id: pause_duration
        type: u4
      - id: fields
        type: send_dtmf_signal_req_field
        repeat: eos
  send_dtmf_signal_req_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            6: text # AgentInstrument
            25: text # ConnectionDeviceID
            67: text # DTMFString
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  send_dtmf_signal_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: fields
        type: send_dtmf_signal_conf_field
        repeat: eos
  send_dtmf_signal_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  rtp_started_event:
    seq:
      - id: monitor_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: client_port
        type: u4
      - id: direction
        type: u2
        enum: rtp_direction
      - id: rtp_type
        type: u2
        enum: rtp_type
      - id: bit_rate
        type: u4
        enum: rtp_bit_rate
      - id: echo_cancellation
        type: u2
        enum: echo_cancellation
      - id: packet_size
        type: u4
      - id: payload_type
        type: u2
        enum: audio_codec
      - id: connection_device_type
        type: u2
        enum: connection_device_type
      - id: call_id
        type: u4
      - id: fields
        type: rtp_started_event_field
        repeat: eos
  rtp_started_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            4: text # AgentExtension
            6: text # AgentInstrument
            25: text # ConnectionDeviceID
            81: text # ClientAddress
            125: text # SendingAddress
            126: number_u4 # SendingPort
            194: text # AgentID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  rtp_stopped_event:
    seq:
      - id: monitor_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: client_port
        type: u4
      - id: direction
        type: u2
        enum: rtp_direction
      - id: connection_device_type
        type: u2
        enum: connection_device_type
      - id: call_id
        type: u4
      - id: fields
        type: rtp_stopped_event_field
        repeat: eos
  rtp_stopped_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            4: text # AgentExtension
            6: text # AgentInstrument
            25: text # ConnectionDeviceID
            81: text # ClientAddress
            125: text # SendingAddress
            126: number_u4 # SendingPort
            194: text # AgentID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  supervisor_assist_req:
    seq:
      - id: invoke_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: call_id
        type: u4
      - id: connection_device_type
        type: u2
        enum: connection_device_type
      - id: fields
        type: supervisor_assist_req_field
        repeat: eos
  supervisor_assist_req_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            4: text # AgentExtension
            6: text # AgentInstrument
            25: text # ConnectionDeviceID
            194: text # AgentID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  supervisor_assist_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: call_id
        type: u4
      - id: connection_device_type
        type: u2
        enum: connection_device_type
      - id: line_handle
        type: u2
      - id: line_type
        type: u2
      - id: fields
        type: supervisor_assist_conf_field
        repeat: eos
  supervisor_assist_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            25: text # ConnectionDeviceID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  supervisor_assist_event:
    seq:
      - id: peripheral_id
        type: u4
      - id: call_id
        type: u4
      - id: connection_device_type
        type: u2
        enum: connection_device_type
      - id: session_id
        type: u4
      - id: fields
        type: supervisor_assist_event_field
        repeat: eos
  supervisor_assist_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            1: text # ClientID
            7: text # Text
            25: text # ConnectionDeviceID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  emergency_call_event:
    seq:
      - id: invoke_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: call_id
        type: u4
      - id: connection_device_type
        type: u2
        enum: connection_device_type
      - id: session_id
        type: u4
      - id: fields
        type: emergency_call_event_field
        repeat: eos
  emergency_call_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            1: text # ClientID
            4: text # AgentExtension
            6: text # AgentInstrument
            25: text # ConnectionDeviceID
            81: text # ClientAddress
            194: text # AgentID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  supervise_call_req:
    seq:
      - id: invoke_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: agent_call_id
        type: u4
      - id: supervisor_call_id
        type: u4
      - id: agent_connection_device_type
        type: u2
        enum: connection_device_type
      - id: supervisor_connection_device_type
        type: u2
        enum: connection_device_type
      - id: supervisory_action
        type: u2
        enum: supervisory_action
      - id: fields
        type: supervise_call_req_field
        repeat: eos
  supervise_call_req_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            4: text # AgentExtension
            6: text # AgentInstrument
            85: text # SupervisorInstrument
            90: text # AgentConnectionDeviceID
            91: text # SupervisorConnectionDeviceID
            194: text # AgentID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  supervise_call_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: call_id
        type: u4
      - id: connection_device_type
        type: u2
        enum: connection_device_type
      - id: fields
        type: supervise_call_conf_field
        repeat: eos
  supervise_call_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            25: text # ConnectionDeviceID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  bad_call_req:
    seq:
      - id: invoke_id
        type: u4
      - id: peripheral_id
        type: u4
      - id: connection_device_type
        type: u2
        enum: connection_device_type
      - id: call_id
        type: u4
      - id: fields
        type: bad_call_req_field
        repeat: eos
  bad_call_req_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            25: text # ConnectionDeviceID
            194: text # AgentID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  bad_call_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: fields
        type: bad_call_conf_field
        repeat: eos
  bad_call_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  query_queue_statistics_req:
    seq:
      - id: invoke_id
        type: u4
      - id: fields
        type: query_queue_statistics_req_field
        repeat: eos
  query_queue_statistics_req_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            62: number_u4 # CSQID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  query_queue_statistics_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: logged_in_agents
        type: u2
      - id: in_session_agents
        type: u2
      - id: available_agents
        type: u2
      - id: un_available_agents
        type: u2
      - id: in_work_agents
        type: u2
      - id: selected_agents
        type: u2
      - id: calls_in_priority_queue1
        type: u4
      - id: calls_in_priority_queue2
        type: u4
      - id: calls_in_priority_queue3
        type: u4
      - id: calls_in_priority_queue4
        type: u4
      - id: calls_in_priority_queue5
        type: u4
      - id: calls_in_priority_queue6
        type: u4
      - id: calls_in_priority_queue7
        type: u4
      - id: calls_in_priority_queue8
        type: u4
      - id: calls_in_priority_queue9
        type: u4
      - id: calls_in_priority_queue10
        type: u4
      - id: start_time
        type: u4
      - id: end_time
        type: u4
      - id: total_calls
        type: u4
      - id: oldest_call_in_queue
        type: u4
      - id: handled_calls_today
        type: u4
      - id: calls_abandoned
        type: u4
      - id: calls_dequeued
        type: u4
      - id: average_talk_duration
        type: u4
      - id: average_wait_duration
        type: u4
      - id: longest_talk_duration
        type: u4
      - id: longest_wait_duration
        type: u4
      - id: fields
        type: query_queue_statistics_conf_field
        repeat: eos
  query_queue_statistics_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            62: number_u4 # CSQID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  query_summary_statistics_req:
    seq:
      - id: invoke_id
        type: u4
      - id: fields
        type: query_summary_statistics_req_field
        repeat: eos
  query_summary_statistics_req_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  query_summary_statistics_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: num_queues
        type: u2
      - id: logged_in_agents
        type: u2
      - id: in_session_agents
        type: u2
      - id: available_agents
        type: u2
      - id: un_available_agents
        type: u2
      - id: in_work_agents
        type: u2
      - id: selected_agents
        type: u2
      - id: calls_in_priority_queue1
        type: u4
      - id: calls_in_priority_queue2
        type: u4
      - id: calls_in_priority_queue3
        type: u4
      - id: calls_in_priority_queue4
        type: u4
      - id: calls_in_priority_queue5
        type: u4
      - id: calls_in_priority_queue6
        type: u4
      - id: calls_in_priority_queue7
        type: u4
      - id: calls_in_priority_queue8
        type: u4
      - id: calls_in_priority_queue9
        type: u4
      - id: calls_in_priority_queue10
        type: u4
      - id: start_time
        type: u4
      - id: end_time
        type: u4
      - id: total_calls
        type: u4
      - id: oldest_call_in_queue
        type: u4
      - id: handled_calls_today
        type: u4
      - id: calls_abandoned
        type: u4
      - id: average_talk_duration
        type: u4
      - id: average_wait_duration
        type: u4
      - id: longest_talk_duration
        type: u4
      - id: longest_wait_duration
        type: u4
      - id: fields
        type: query_summary_statistics_conf_field
        repeat: eos
  query_summary_statistics_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  config_request_key_event:
    seq:
      - id: peripheral_id
        type: u4
        if: _root.version >= 11
      - id: fields
        type: config_request_key_event_field
        repeat: eos
  config_request_key_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            131: number_u4 # CUSTOMER_ID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  config_key_event:
    seq:
      - id: status
        type: u4
        enum: config_key_status
      - id: fields
        type: config_key_event_field
        repeat: eos
  config_key_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  config_request_event:
    seq:
      - id: configuration_mask
        type: u4
      - id: peripheral_id
        type: u4
        if: _root.version >= 11
      - id: fields
        type: config_request_event_field
        repeat: eos
  config_request_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            131: number_u4 # CUSTOMER_ID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  config_begin_event:
    seq:
      - id: config_type
        type: u2
        enum: config_type
      - id: configuration_mask
        type: u4
      - id: fields
        type: config_begin_event_field
        repeat: eos
  config_begin_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  config_end_event:
    seq:
      - id: status
        type: u4
        enum: config_end_status
      - id: fields
        type: config_end_event_field
        repeat: eos
  config_end_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            7: text # Text
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  config_application_event:
    seq:
      - id: num_records
        type: u2
      - id: fields
        type: config_application_event_field
        repeat: eos
  config_application_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            129: number_u4 # MaxQueued
            132: number_u4 # PreviousApplicationID
            133: text # ApplicationName
            134: text # Description
            173: text # reserved173
            174: number_u4 # SERVICE_LEVEL_THRESHOLD
            175: number_u4 # SERVICE_LEVEL_TYPE
            176: text # CONFIG_PARAM
            183: record_type_u2 # RecordType
            184: number_u4 # ApplicationID
            208: number_u4 # PERIPHERAL_ID
            213: number_u4 # OLD_PERIPHERAL_NUMBER
            216: number_u4 # MR_DOMAIN_ID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  config_csq_event:
    seq:
      - id: num_records
        type: u2
      - id: fields
        type: config_csq_event_field
        repeat: eos
  config_csq_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            64: number_u2 # SKILL_GROUP_PRIORITY
            133: text # CSQName
            134: text # Description
            173: text # reserved173
            176: text # CONFIG_PARAM
            183: record_type_u2 # RecordType
            184: number_u4 # CSQID
            185: boolean # AutoWork
            192: number_u4 # SKILL_GROUP_SKILL_TARGET_ID
            208: number_u4 # PERIPHERAL_ID
            213: number_u4 # OLD_PERIPHERAL_NUMBER
            216: media_routing_domain_u4 # MRDomainID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  config_agent_event:
    seq:
      - id: num_records
        type: u2
      - id: fields
        type: config_agent_event_field
        repeat: eos
  config_agent_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            62: number_u4 # CSQID
            64: number_u2 # SKILL_GROUP_PRIORITY
            134: text # Description
            137: text # FirstName
            138: text # LastName
            141: number_u4 # AGENT_SKILL_TARGET_ID
            173: text # Extension
            183: record_type_u2 # RecordType
            189: agent_type_u2 # AgentType
            190: text # LoginID
            191: number_u2 # NumCSQs
            207: text # LOGIN_NAME
            208: number_u4 # PERIPHERAL_ID
            214: text # CUR_LOGIN_ID
            246: number_u4 # MRDID
            247: agent_state_u2 # AgentState
            303: text # ActiveTerminal
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  config_device_event:
    seq:
      - id: num_records
        type: u2
      - id: fields
        type: config_device_event_field
        repeat: eos
  config_device_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            10: text # DeviceField3
            11: text # DeviceField2
            129: number_u4 # MaxQueued
            134: text # Description
            173: text # DeviceField4
            183: record_type_u2 # RecordType
            184: number_u4 # DeviceField0
            193: number_u4 # DeviceField1
            195: config_device_type_u2 # DeviceType
            208: number_u4 # PERIPHERAL_ID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  query_agent_queue_statistics_req:
    seq:
      - id: invoke_id
        type: u4
      - id: fields
        type: query_agent_queue_statistics_req_field
        repeat: eos
  query_agent_queue_statistics_req_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            194: text # AgentID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  query_agent_queue_statistics_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: calls_in_queue
        type: u4
      - id: oldest_call_in_queue
        type: u4
      - id: fields
        type: query_agent_queue_statistics_conf_field
        repeat: eos
  query_agent_queue_statistics_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            194: text # AgentID
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  team_config_req:
    seq:
      - id: invoke_id
        type: u4
      - id: config_param
        type: u2
        enum: config_param
      - id: reserved
        size: 8
      - id: fields
        type: team_config_req_field
        repeat: eos
  team_config_req_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  team_config_event:
    seq:
      - id: team_id
        type: u4
      - id: num_records
        type: u2
      - id: operation
        type: u2
        enum: team_operation
      - id: reserved
        size: 8
      - id: fields
        type: team_config_event_field
        repeat: eos
  team_config_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            87: number_u2 # AgentFlags
            183: record_type_u2 # RecordType
            194: text # AgentID
            204: text # TeamName
            205: member_type_u2 # MemberType
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  team_config_conf:
    seq:
      - id: invoke_id
        type: u4
      - id: status
        type: u4
        enum: team_config_status
      - id: fields
        type: team_config_conf_field
        repeat: eos
  team_config_conf_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            7: text # Text
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
  config_terminal_event:
    seq:
      - id: num_records
        type: u2
      - id: fields
        type: config_terminal_event_field
        repeat: eos
  config_terminal_event_field:
    seq:
      - id: id_of_one_byte
        type: u1
        if: _root.version < 18
      - id: id_of_two_bytes
        type: u2
        if: _root.version >= 18
      - id: length
        type: u1
      - id: data
        size: length
        type:
          switch-on: id
          cases:
            6: text # Instrument
            183: record_type_u2 # RecordType
            302: number_u2 # TerminalType
            303: text # TerminalDeviceName
            304: text # TerminalTypeName
            305: number_u2 # NumInstruments
    instances:
      id:
        value: '_root.version < 18 ? id_of_one_byte : id_of_two_bytes'
enums:
  message_type:
    1: failure_conf
    2: failure_event
    3: open_req
    4: open_conf
    5: heartbeat_req
    6: heartbeat_conf
    7: close_req
    8: close_conf
    9: call_delivered_event
    10: call_established_event
    11: call_held_event
    12: call_retrieved_event
    13: call_cleared_event
    14: call_connection_cleared_event
    15: call_originated_event
    16: call_failed_event
    17: call_conferenced_event
    18: call_transferred_event
    19: call_diverted_event
    20: call_service_initiated_event
    21: call_queued_event
    23: begin_call_event
    24: end_call_event
    25: call_data_update_event
    26: set_call_data_req
    27: set_call_data_conf
    30: agent_state_event
    31: system_event
    35: control_failure_conf
    36: query_agent_state_req
    37: query_agent_state_conf
    38: set_agent_state_req
    39: set_agent_state_conf
    40: alternate_call_req
    41: alternate_call_conf
    42: answer_call_req
    43: answer_call_conf
    44: clear_call_req
    45: clear_call_conf
    46: clear_connection_req
    47: clear_connection_conf
    48: conference_call_req
    49: conference_call_conf
    50: consult_call_req
    51: consult_call_conf
    54: hold_call_req
    55: hold_call_conf
    56: make_call_req
    57: make_call_conf
    60: reconnect_call_req
    61: reconnect_call_conf
    62: retrieve_call_req
    63: retrieve_call_conf
    64: transfer_call_req
    65: transfer_call_conf
    68: set_msg_waiting_ind_req
    69: set_msg_waiting_ind_conf
    78: query_device_info_req
    79: query_device_info_conf
    82: snapshot_call_req
    83: snapshot_call_conf
    84: snapshot_device_req
    85: snapshot_device_conf
    86: call_dequeued_event
    91: send_dtmf_signal_req
    92: send_dtmf_signal_conf
    112: query_agent_statistics_req
    113: query_agent_statistics_conf
    114: query_skill_group_statistics_req
    115: query_skill_group_statistics_conf
    116: rtp_started_event
    117: rtp_stopped_event
    118: supervisor_assist_req
    119: supervisor_assist_conf
    120: supervisor_assist_event
    121: emergency_call_req
    122: emergency_call_conf
    123: emergency_call_event
    124: supervise_call_req
    125: supervise_call_conf
    126: agent_team_config_req
    127: agent_team_config_conf
    128: agent_team_config_event
    134: list_agent_team_conf
    139: bad_call_req
    140: bad_call_conf
    211: route_register_event
    212: route_register_reply_event
    213: route_request_event
    214: route_select
    215: route_end
    223: query_queue_statistics_req
    224: query_queue_statistics_conf
    225: query_summary_statistics_req
    226: query_summary_statistics_conf
    230: config_request_key_event
    231: config_key_event
    232: config_request_event
    233: config_begin_event
    234: config_end_event
    235: config_application_event
    236: config_csq_event
    237: config_agent_event
    238: config_device_event
    239: query_agent_queue_statistics_req
    240: query_agent_queue_statistics_conf
    242: team_config_req
    243: team_config_event
    244: team_config_conf
    276: config_terminal_event
  agent_state:
    0: agent_state_login
    1: agent_state_logout
    2: agent_state_not_ready
    3: agent_state_ready
    4: agent_state_talking
    5: agent_state_work
    7: busy_other
    8: agent_state_reserved
    9: agent_state_unknown
    6: agent_state_work_ready
    11: agent_state_active
    12: agent_state_paused
    65535: value_none
  agent_state_reason_code:
    32767: agt_relogon
    32766: agt_close_cad
    32765: agt_conn_down
    32764: ccx_failure
    32763: agt_rna
    32762: agt_offhook
    32761: agt_non_icd
    32760: agt_logon
    32759: agt_phone_down
    32758: agt_work_timer_exp
    32757: cm_failover
    32756: agt_phone_up
    32755: agt_call_ended
    32754: agt_device_restricted
    32753: agt_line_restricted
    32752: agt_cancel_reservation
    32751: agt_skips
    32750: agt_icd_extension_changed
    32746: agt_reserved_outbound_direct_preview
    32747: agt_reserved_outbound
    32743: email_contact_not_accepted
    32744: accx_mastership_change
    32749: agt_cancel_consult
    32742: agt_sec_line_offhook
    32741: agt_extension_conflict
    32745: outbound_work
    32748: agent_deleted
    22: sup_agt_to_logout
    33: sup_agt_to_not_ready
    0: value_none
  agent_type:
    1: agent
    2: supervisor
  audio_codec:
    0: nonstandard
    1: g711alaw64k
    2: g711alaw56k
    3: g711ulaw64k
    4: g711ulaw56k
    5: g722_64k
    6: g722_56k
    7: g722_48k
    8: g7231
    9: g728
    10: g729
    11: g729annexa
    12: is11172audiocap
    13: is13818audiocap
    14: acy_g729aassn
    15: data64
    16: data56
    17: gsm
    18: activevoice
  call_party_disposition:
    0: cd_invalid
    15: redirected
    29: announced_transfer
    30: conferenced
  call_type:
    0: calltype_invalid
    1: calltype_ccx_in
    4: calltype_transfer_in
    6: calltype_other_in
    9: calltype_out
    10: calltype_agent_inside
    12: calltype_consult
    15: calltype_conference
    17: calltype_preview
    18: calltype_reservation
    19: calltype_assist
    20: calltype_emergency
    21: calltype_supervisor_monitor
    23: calltype_supervisor_barge_in
    24: calltype_supervisor_intercept
    11: calltype_offered
    34: calltype_agent_outbound
  ccx_error_code:
    0: ccx_default_error_code
    88001: ccx_jtapi_ccm_problem
    88002: ccx_lookup_failure
    88003: ccx_agent_dn_not_assigned
    88004: ccx_agent_device_off
    88005: ccx_agent_device_busy
    88006: ccx_rmcm_contact_null
    88007: ccx_rmcm_contact_invalid
    88008: ccx_agent_null
    88009: ccx_agent_invalid
    88010: ccx_invalid_argument
    88011: ccx_no_callback_from_agent
    88012: ccx_call_id_null
    88013: ccx_call_object_null
    88014: ccx_jtapi_provider_null
    88015: ccx_dialed_number_null
    88016: ccx_device_id_null
    88017: ccx_terminal_connection_null
    88018: ccx_call_control_mask_not_on
    88019: ccx_agent_queue_status
    88020: ccx_icd_rtdm_null
    88021: ccx_csq_icd_status
    88022: ccx_overall_icd_status
    88023: ccx_invalid_supervisory_action
    88024: ccx_call_data_update_mask_not_on
    88025: ccx_overall_limit_exceeded
    88026: ccx_call_id_invalid
    88027: ccx_supervisor_unavailable
    88028: ccx_unsupported_operation
    88029: ccx_call_id_not_in_provider
    88030: ccx_device_restricted
    88031: ccx_line_restricted
    88032: ccx_agent_line_on_multiple_devices
    88033: ccx_user_operation_failed
    88034: ccx_provider_operation_failed
    88035: ccx_password_locked
    88036: ccx_password_expired
    88037: ccx_password_expired_success
    88038: ccx_password_hacked_locked
    88039: ccx_password_inactive_locked
    88040: ccx_password_must_change
    88041: ccx_agent_device_i_pv6
    88042: ccx_transfer_failed_due_to_ccm_problem
    88043: ccx_conference_failed_due_to_ccm_problem
    88044: ccx_agent_login_notsupported_jalenabledphone
    88045: ccx_agent_login_notsupported_dtalenabledphone
    88046: ccx_bib_not_configured
    88047: ccx_agent_device_not_supported
    88048: ccx_silent_monitor_or_recording_settings_not_configured
    88049: ccx_silent_monitor_or_recording_agent_call_state_not_talking
    88050: ccx_agent_not_associated
    88051: ccx_recording_already_inprogress
    88052: ccx_recording_config_not_matching
    88053: ccx_bib_resource_not_available
    88054: ccx_illegal_call_state
    88055: ccx_callmanager_operation_timeout
    88056: ccx_monitoring_already_inprogress
    88057: ccx_recording_license_limit_exceeded
  ccx_status:
    0: normal
    256: ccx_initializing
    512: ccx_shutting_down
    768: ccx_shutdown
    1024: ccx_in_service
    1280: ccx_partial_service
    1536: ccx_out_of_service
  config_device_type:
    3: agent
    5: route_point
    6: cti_port
    7: call_control_group
  config_end_status:
    0: config_success
    1: config_service_provider
    2: config_unknown_data
    3: config_error
    4: config_empty
    5: config_partial
  config_key_status:
    0: config_success
    1: config_service_provider
    2: config_no_key_support
    3: config_unknown_data
  config_param:
    1: initial
    2: updates_only
  config_type:
    1: initial
    2: update
  connection_device_type:
    65535: connection_id_none
    0: connection_id_static
    1: connection_id_dynamic
  consult_type:
    0: unspecified
    1: transfer
    2: conference
  control_failure:
    0: cf_generic_unspecified
    1: cf_generic_operation
    2: cf_request_incompatible_with_object
    3: cf_value_out_of_range
    4: cf_object_not_known
    5: cf_invalid_calling_device
    6: cf_invalid_called_device
    7: cf_invalid_forwarding_destination
    8: cf_privilege_violation_on_specified_device
    9: cf_privilege_violation_on_called_device
    10: cf_privilege_violation_on_calling_device
    11: cf_invalid_csta_call_id
    12: cf_invalid_csta_device_id
    13: cf_invalid_csta_connection_id
    14: cf_invalid_destination
    15: cf_invalid_feature
    16: cf_invalid_allocation_state
    17: cf_invalid_cross_ref_id
    18: cf_invalid_object_type
    19: cf_security_violation
    21: cf_generic_state_incompatibility
    22: cf_invalid_object_state
    23: cf_invalid_connection_id_for_active_call
    24: cf_no_active_call
    25: cf_no_held_call
    26: cf_no_call_to_clear
    27: cf_no_connection_to_clear
    28: cf_no_call_to_answer
    29: cf_no_call_to_complete
    31: cf_generic_system_resource_availability
    32: cf_service_busy
    33: cf_resource_busy
    34: cf_resource_out_of_service
    35: cf_network_busy
    36: cf_network_out_of_service
    37: cf_overall_monitor_limit_exceeded
    38: cf_conference_member_limit_exceeded
    41: cf_generic_subscribed_resource_availability
    42: cf_object_monitor_limit_exceeded
    43: cf_external_trunk_limit_exceeded
    44: cf_outstanding_request_limit_exceeded
    51: cf_generic_performance_management
    52: cf_performance_limit_exceeded
    61: cf_sequence_number_violated
    62: cf_time_stamp_violated
    63: cf_pac_violated
    64: cf_seal_violated
    70: cf_generic_unspecified_rejection
    71: cf_generic_operation_rejection
    72: cf_duplicate_invocation_rejection
    73: cf_unrecognized_operation_rejection
    74: cf_mistyped_argument_rejection
    75: cf_resource_limitation_rejection
    76: cf_acs_handle_termination_rejection
    77: cf_service_termination_rejection
    78: cf_request_timeout_rejection
    79: cf_requests_on_device_exceeded_rejection
    256: cf_invalid_agent_id_specified
    257: cf_invalid_password_specified
    258: cf_invalid_agent_id_or_password_specified
    259: cf_specified_agent_already_signed_on
    260: cf_invalid_logon_device_specified
    261: cf_invalid_answering_device_specified
    262: cf_invalid_skill_group_specified
    263: cf_invalid_class_of_service_specified
    264: cf_invalid_team_specified
    265: cf_invalid_agent_workmode
    266: cf_invalid_agent_reason_code
    267: cf_adjunct_switch_comm_error
    268: cf_agent_not_party_on_call
    269: cf_internal_processing_error
    270: cf_take_call_control_rejection
    271: cf_take_domain_control_rejection
    272: cf_requested_service_not_registered
    283: cf_specified_extension_already_in_use
    284: cf_arbitrary_conf_or_xfer_not_supported
    285: cf_network_transfer_or_consult
    286: cf_network_transfer_or_consult_failed
    287: cf_device_restricted
    288: cf_line_restricted
    291: cf_maximum_line_exceeded
    292: cf_shared_lines_not_supported
    293: cf_extension_not_unique
    1001: cf_unknown_interface_ctrlr_id
    1002: cf_invalid_interface_ctrlr_type
    1003: cf_software_rev_no_supported
    1004: cf_unknown_pid
    1005: cf_invalid_table_specified
    1007: cf_unknown_routing_client_id
    1008: cf_rc_service_inactivate
    1009: cf_invalid_dialed_number
    1010: cf_invalid_parameter
    1011: cf_unknown_routing_problem
    1013: cf_unsupported_rc_message_revision
    1014: cf_unsupported_ic_message_revision
  device_type:
    65535: devid_none
    0: devid_device_identifier
    73: devid_cti_port
    74: devid_route_point
    76: devid_agent_device
    77: devid_queue
    78: devid_non_acd_device_identifier
  echo_cancellation:
    0: off
    1: on
  event_cause:
    65535: cec_none
    2: cec_alternate
    3: cec_busy
    5: cec_call_cancelled
    9: cec_call_forward
    10: cec_call_not_answered
    13: cec_dest_not_obtainable
    15: cec_incompatible_destination
    17: cec_key_conference
    22: cec_new_call
    23: cec_no_available_agents
    28: cec_redirected
    32: cec_transfer
    35: cec_time_out
    43: cec_supervisor_assist
    44: cec_emergency_call
    45: cec_supervisor_clear
    46: cec_supervisor_monitor
    47: cec_supervisor_whisper
    48: cec_supervisor_barge_in
    49: cec_supervisor_intercept
    50: cec_call_party_update_ind
    1014: cecx_drop_handled_other
  forced_flag:
    0: value_false
    1: value_true
    2: authenticate_only
  line_type:
    3: business
    10: non_business
  local_connection_state:
    65535: lcs_none
    0: lcs_null
    1: lcs_initiate
    2: lcs_alerting
    3: lcs_connect
    4: lcs_hold
    5: lcs_queued
    6: lcs_fail
  media_routing_domain:
    0: voice
    1: email
  member_type:
    1: agent_or_supervisor
    2: csq
  record_type:
    0: add
    1: change
    2: delete
  rtp_bit_rate:
    1: r5_3
    2: r6_4
  rtp_direction:
    0: input
    1: output
    2: bi_directional
  rtp_type:
    0: audio
    1: video
    2: data
  status_code:
    0: e_cti_no_error
    1: e_cti_invalid_version
    2: e_cti_invalid_message_type
    3: e_cti_invalid_field
    4: e_cti_session_not_open
    5: e_cti_session_already_open
    6: e_cti_required_data_missing
    7: e_cti_invalid_peripheral_id
    8: e_cti_invalid_agent_data
    9: e_cti_agent_not_logged_on
    10: e_cti_device_in_use
    11: e_cti_new_session_opened
    13: e_cti_invalid_callid
    17: e_cti_unspecified_failure
    18: e_cti_invalid_timeout
    23: e_cti_invalid_field_length
    92: e_cti_server_not_master
    93: e_cti_invalid_csq
    94: e_cti_jtapi_ccm_problem
    96: e_cti_auto_config_reset
  supervisory_action:
    0: supervisor_clear
    1: supervisor_monitor
    3: supervisor_barge_in
    4: supervisor_intercept
  system_event_id:
    3: sys_ccx_online
    4: sys_ccx_offline
    10: sys_instrument_out_of_service
    11: sys_instrument_back_in_service
  team_config_status:
    0: success
    1: internal_error
  team_operation:
    1: add_team
    2: remove_team
    3: change_team
