
-- What follows is the same for all tables.

local proto = Proto("ccxcti", "Unified CCX CTI")

local HEADER = 8
local MAX_BODY = 1048576

-- The fields that every message has, and those that tie messages together.
local f_length = ProtoField.uint32("ccxcti.body_length", "BodyLength")
local f_type = ProtoField.uint32("ccxcti.message_type", "MessageTypeID", base.DEC, TYPE_NAMES)
local f_version = ProtoField.uint32("ccxcti.version", "Version of the session")
local f_version_source = ProtoField.string("ccxcti.version.source", "Known by")
local f_field = ProtoField.none("ccxcti.field", "Field")
local f_id = ProtoField.uint32("ccxcti.field.id", "FieldDataID")
local f_size = ProtoField.uint32("ccxcti.field.length", "FieldDataLength")
local f_unlisted = ProtoField.bytes("ccxcti.unlisted", "Field that the table does not list")
local f_body = ProtoField.bytes("ccxcti.body", "Body")
local f_request = ProtoField.framenum("ccxcti.request_in", "Request in", base.NONE, frametype.REQUEST)
local f_answer = ProtoField.framenum("ccxcti.answer_in", "Answer in", base.NONE, frametype.RESPONSE)
local f_time = ProtoField.relative_time("ccxcti.time", "Time since the request")

local all_fields = {
    f_length, f_type, f_version, f_version_source, f_field, f_id, f_size, f_unlisted, f_body,
    f_request, f_answer, f_time,
}

local e_cut = ProtoExpert.new("ccxcti.cut", "The message is cut short", expert.group.MALFORMED, expert.severity.ERROR)
local e_table = ProtoExpert.new("ccxcti.not_listed", "Not as the guide's table says", expert.group.PROTOCOL, expert.severity.WARN)
local e_note = ProtoExpert.new("ccxcti.note", "Note", expert.group.PROTOCOL, expert.severity.NOTE)
local e_refused = ProtoExpert.new("ccxcti.refused", "A request has failed", expert.group.RESPONSE_CODE, expert.severity.WARN)
proto.experts = { e_cut, e_table, e_note, e_refused }

-- The fields of the tables.
local fields = {}
local bits = {}
for index, row in ipairs(FIELDS) do
    local abbr, name, kind, values = "ccxcti." .. row[1], row[2], row[3], row[4]
    local made
    if kind == "uint" then
        made = ProtoField.uint32(abbr, name, base.DEC, values and VALUES[values].names or nil)
    elseif kind == "mask" then
        made = ProtoField.uint32(abbr, name, base.HEX)
        bits[index] = {}
        for place, bit_row in ipairs(VALUES[values].bits) do
            -- Labels end at 240 characters, so that a mask has a child for each of its bits.
            local label = bit_row[2]
            local child = ProtoField.bool(abbr .. "." .. label:lower(), label, 32, nil, bit_row[1])
            bits[index][place] = child
            all_fields[#all_fields + 1] = child
        end
    elseif kind == "int" then
        made = ProtoField.int32(abbr, name, base.DEC, values and VALUES[values].names or nil)
    elseif kind == "bool" then
        made = ProtoField.uint32(abbr, name, base.DEC, { [0] = "false", [1] = "true" })
    elseif kind == "time" then
        made = ProtoField.absolute_time(abbr, name, base.UTC)
    elseif kind == "bytes" then
        made = ProtoField.bytes(abbr, name)
    else
        made = ProtoField.string(abbr, name)
    end
    fields[index] = made
    all_fields[#all_fields + 1] = made
end
local f_list = ProtoField.none("ccxcti.list", "List")
local f_name = ProtoField.string("ccxcti.named.name", "Name")
local f_value = ProtoField.string("ccxcti.named.value", "Value")
local f_index = ProtoField.uint32("ccxcti.named.index", "Index")
for _, field in ipairs({ f_list, f_name, f_value, f_index }) do
    all_fields[#all_fields + 1] = field
end
proto.fields = all_fields

proto.prefs.ports = Pref.range("TCP ports", "12028,42027", "Ports of the CTI server", 65535)
proto.prefs.version = Pref.enum("Version", 0, "The version of all sessions, or each one's own", {
    { 1, "each session's own", 0 }, { 2, "10", 10 }, { 3, "11", 11 }, { 4, "12", 12 }, { 5, "13", 13 },
    { 6, "14", 14 }, { 7, "15", 15 }, { 8, "16", 16 }, { 9, "17", 17 }, { 10, "18", 18 },
}, false)

-- What the first pass over a capture learns. Keys are addresses and ports: a tree, and with it the
-- number of the TCP stream, is not there in that pass.
local opened, requests, links = {}, {}, {}

function proto.init()
    opened, requests, links = {}, {}, {}
end

local function conversation(pinfo)
    local one = tostring(pinfo.src) .. ":" .. pinfo.src_port
    local two = tostring(pinfo.dst) .. ":" .. pinfo.dst_port
    if one < two then
        return one .. "|" .. two
    end
    return two .. "|" .. one
end

local function is_wide(version)
    return version >= 18
end

local function is_in(row, version)
    return (row.since == nil or row.since <= version) and (row.last == nil or version <= row.last)
end

local function fixed_size(message, version)
    local size = 0
    for _, row in ipairs(message.fixed) do
        if is_in(row, version) then
            size = size + row.size
        end
    end
    return size
end

-- Whether the floating part ends where the body does; and how many of its fields have no row.
local function fits(message, tvb, version)
    local at = HEADER + fixed_size(message, version)
    local head = is_wide(version) and 3 or 2
    local strangers = 0
    while at < tvb:len() do
        if at + head > tvb:len() then
            return false, 0
        end
        local id = is_wide(version) and tvb(at, 2):uint() or tvb(at, 1):uint()
        if message.by_id[id] == nil then
            strangers = strangers + 1
        end
        at = at + head + tvb(at + head - 1, 1):uint()
    end
    return at == tvb:len(), strangers
end

for _, message in pairs(MESSAGES) do
    message.by_id = {}
    local function add(rows, path)
        for _, row in ipairs(rows) do
            if row.rows then
                local inner = {}
                for _, group in ipairs(path) do
                    inner[#inner + 1] = group
                end
                inner[#inner + 1] = row
                row.first = row.rows[1].id
                add(row.rows, inner)
            else
                message.by_id[row.id] = { row = row, path = path }
            end
        end
    end
    add(message.floating, {})
end

local function version_of(pinfo, key, message, tvb)
    if proto.prefs.version ~= 0 then
        return proto.prefs.version, "the preferences"
    end
    local found
    for _, entry in ipairs(opened[key] or {}) do
        if entry.number <= pinfo.number then
            found = entry.version
        end
    end
    if found then
        return found, "OPEN_REQ"
    end
    if message then
        local narrow, narrow_strangers = fits(message, tvb, 14)
        local wide, wide_strangers = fits(message, tvb, 18)
        if wide and (not narrow or wide_strangers < narrow_strangers) then
            return 18, "the width of the fields"
        end
    end
    return 14, "default"
end

local function add_value(tree, row, range)
    local index = row.field
    local definition = FIELDS[index]
    local kind, values = definition[3], definition[4]
    local field = fields[index]
    if kind == "string" then
        local length = range:len()
        local text = range
        if length > 0 and range(length - 1, 1):uint() == 0 then
            text = length > 1 and range(0, length - 1) or nil
        elseif row.id then
            tree:add_proto_expert_info(e_table, definition[2] .. ": does not end in NUL")
        end
        if text == nil then
            return tree:add(field, range, "")
        end
        return tree:add(field, range, text:string(ENC_UTF_8))
    elseif kind == "bytes" then
        return tree:add(field, range)
    elseif kind == "time" then
        return tree:add(field, range)
    elseif kind == "named_variable" or kind == "named_array" then
        local from = 0
        local item = tree:add(field, range, "")
        if kind == "named_array" and range:len() > 0 then
            item:add(f_index, range(0, 1))
            from = 1
        end
        local name_end = from
        while name_end < range:len() and range(name_end, 1):uint() ~= 0 do
            name_end = name_end + 1
        end
        local name = ""
        if name_end > from then
            name = range(from, name_end - from):string(ENC_UTF_8)
            item:add(f_name, range(from, name_end - from), name)
        else
            item:add(f_name, range, "")
        end
        local value_from = name_end + 1
        local value_end = range:len()
        if value_end > value_from and range(value_end - 1, 1):uint() == 0 then
            value_end = value_end - 1
        end
        local value = ""
        if value_end > value_from then
            value = range(value_from, value_end - value_from):string(ENC_UTF_8)
            item:add(f_value, range(value_from, value_end - value_from), value)
        else
            item:add(f_value, range, "")
        end
        item:append_text(name .. " = " .. value)
        return item
    end
    local item = tree:add(field, range)
    local number = range:uint()
    if kind == "bool" then
        if number > 1 then
            item:add_proto_expert_info(e_table, definition[2] .. ": a BOOL is 0 or 1")
        end
    elseif kind == "mask" then
        local rest = number
        for place, child in ipairs(bits[index]) do
            local bit_row = VALUES[values].bits[place]
            item:add(child, range, number)
            rest = bit.band(rest, bit.bnot(bit_row[1]))
        end
        if rest ~= 0 then
            item:add_proto_expert_info(e_table, definition[2] .. ": bits that no table lists")
        end
    elseif values then
        local listed = VALUES[values].names[kind == "int" and range:int() or number] ~= nil
        for _, reserved in ipairs(VALUES[values].reserved) do
            listed = listed or (reserved[1] <= number and number <= reserved[2])
        end
        if not listed then
            item:add_proto_expert_info(e_table, definition[2] .. ": no table lists this value")
        end
    end
    if row.reserved and number ~= row.reserved then
        item:add_proto_expert_info(e_note, definition[2] .. ": reserved, the guide prescribes " .. row.reserved)
    end
    return item
end

local function admits(row, length, data)
    if row.size then
        return length == row.size or length == row.max
    end
    local kind = FIELDS[row.field][3]
    if kind == "named_variable" or kind == "named_array" then
        for at = kind == "named_array" and 1 or 0, length - 1 do
            if data(at, 1):uint() == 0 then
                return true
            end
        end
        return false
    end
    return true
end

-- The floating part. Elements of lists get a tree of their own, which ends where a member comes
-- again or the first member begins.
local function floating(tree, message, tvb, at, version)
    local head = is_wide(version) and 3 or 2
    local met, state, counts = {}, {}, {}
    while at < tvb:len() do
        if at + head > tvb:len() then
            tree:add_proto_expert_info(e_cut, "A field's header is cut short")
            return met, counts, false
        end
        local id = is_wide(version) and tvb(at, 2):uint() or tvb(at, 1):uint()
        local length = tvb(at + head - 1, 1):uint()
        if at + head + length > tvb:len() then
            tree:add_proto_expert_info(e_cut, "A field is cut short")
            return met, counts, false
        end
        local whole = tvb(at, head + length)
        local data = length > 0 and tvb(at + head, length) or nil
        local known = message.by_id[id]
        local place = tree
        local taken = known ~= nil and admits(known.row, length, data)
        if taken and #known.path == 0 and met[id] then
            taken = false
        end
        if taken then
            met[id] = (met[id] or 0) + 1
            for depth, group in ipairs(known.path) do
                local current = state[group]
                local leaf = depth == #known.path
                local begins = current == nil
                    or (leaf and (current.seen[id] or id == group.first))
                if begins then
                    counts[group] = (counts[group] or 0) + 1
                    local item = place:add(f_list, whole)
                    item:set_text(group.name .. " [" .. counts[group] .. "]")
                    current = { tree = item, seen = {} }
                    state[group] = current
                    -- Lists within the element begin anew.
                    for other in pairs(state) do
                        if other.within == group.name then
                            state[other] = nil
                        end
                    end
                end
                if leaf then
                    current.seen[id] = true
                end
                place = current.tree
            end
            local row = known.row
            local item
            if data then
                item = add_value(place, row, data)
            elseif FIELDS[row.field][3] == "bytes" then
                -- Bytes of no length have no value to filter for.
                item = place:add(tvb(at + head - 1, 1), FIELDS[row.field][2] .. ": empty")
            elseif not row.size then
                item = place:add(fields[row.field], tvb(at + head - 1, 1), "")
            end
            if item then
                local header = item:add(f_field, whole)
                header:set_text("FieldDataID " .. id .. ", FieldDataLength " .. length)
                header:set_generated()
                if row.max and length > row.max then
                    item:add_proto_expert_info(e_table, "More than " .. row.max .. " bytes")
                end
                if not is_in(row, version) then
                    item:add_proto_expert_info(e_table, "This version does not have the field")
                end
            end
        else
            local item = tree:add(f_unlisted, whole)
            item:set_text("Field " .. id .. " that the table does not list, " .. length .. " bytes")
            item:add_proto_expert_info(e_table, "Field " .. id .. " is not in the table of the message, or not of its form")
        end
        at = at + head + length
    end
    return met, counts, true
end

local function link(pinfo, key, message, number, invoke_id, tree)
    local slot = pinfo.number .. "/" .. number .. "/" .. invoke_id
    if not pinfo.visited then
        if message.confirmation then
            local entry = { number = pinfo.number, time = pinfo.rel_ts, confirmation = message.confirmation }
            requests[key .. "/" .. invoke_id] = entry
            links[slot] = { request = entry }
        else
            local entry = requests[key .. "/" .. invoke_id]
            if entry and (entry.confirmation == number or message.failure) then
                entry.answer = pinfo.number
                links[slot] = { answer_to = entry, time = pinfo.rel_ts }
                requests[key .. "/" .. invoke_id] = nil
            end
        end
    end
    local found = links[slot]
    if found == nil then
        return
    end
    if found.request and found.request.answer then
        tree:add(f_answer, found.request.answer):set_generated()
    elseif found.answer_to then
        tree:add(f_request, found.answer_to.number):set_generated()
        local seconds = found.time - found.answer_to.time
        local whole = math.floor(seconds)
        tree:add(f_time, NSTime.new(whole, math.floor((seconds - whole) * 1e9))):set_generated()
    end
end

local function one_message(tvb, pinfo, tree)
    local length = tvb(0, 4):uint()
    local number = tvb(4, 4):uint()
    local message = MESSAGES[number]
    local name = TYPE_NAMES[number] or ("type " .. number)
    local key = conversation(pinfo)
    pinfo.cols.protocol = "CCX CTI"
    local info = tostring(pinfo.cols.info)
    if pinfo.private["ccxcti"] == tostring(pinfo.number) then
        pinfo.cols.info = info .. ", " .. name
    else
        pinfo.cols.info = name
        pinfo.private["ccxcti"] = tostring(pinfo.number)
    end
    if number == 3 and tvb:len() >= 16 and not pinfo.visited then
        local asked = tvb(12, 4):uint()
        if asked >= 10 and asked <= 18 then
            opened[key] = opened[key] or {}
            local list = opened[key]
            list[#list + 1] = { number = pinfo.number, version = asked }
        end
    end
    local top = tree:add(proto, tvb(), "Unified CCX CTI, " .. name)
    top:add(f_length, tvb(0, 4))
    top:add(f_type, tvb(4, 4))
    if tvb:len() < HEADER + length then
        top:add_proto_expert_info(e_cut, "The capture holds " .. (tvb:len() - HEADER) .. " of " .. length .. " bytes")
    end
    local version, source = version_of(pinfo, key, message, tvb)
    top:add(f_version, version):set_generated()
    top:add(f_version_source, source):set_generated()
    if message == nil then
        if tvb:len() > HEADER then
            top:add(f_body, tvb(HEADER))
        end
        return
    end
    local at = HEADER
    for _, row in ipairs(message.fixed) do
        if is_in(row, version) then
            if at + row.size > tvb:len() then
                top:add_proto_expert_info(e_cut, FIELDS[row.field][2] .. " is cut short")
                return
            end
            add_value(top, row, tvb(at, row.size))
            at = at + row.size
        end
    end
    local met, counts, whole = floating(top, message, tvb, at, version)
    if whole then
        for _, row in ipairs(message.floating) do
            if row.required and not met[row.id] and is_in(row, version) then
                top:add_proto_expert_info(e_table, FIELDS[row.field][2] .. " is required")
            end
            if row.rows and row.most and (counts[row] or 0) > row.most then
                top:add_proto_expert_info(e_table, row.name .. " has more than " .. row.most .. " elements")
            end
        end
    end
    if message.invoke_id and tvb:len() >= 12 then
        link(pinfo, key, message, number, tvb(8, 4):uint(), top)
    end
    if message.failure then
        top:add_proto_expert_info(e_refused, name)
    end
end

local function pdu_length(tvb, pinfo, offset)
    local length = tvb(offset, 4):uint()
    if length > MAX_BODY then
        -- No header: the rest of the segment, which the message says.
        return tvb:len() - offset
    end
    return HEADER + length
end

local function pdu(tvb, pinfo, tree)
    if tvb:len() < HEADER or tvb(0, 4):uint() > MAX_BODY then
        local top = tree:add(proto, tvb(), "Unified CCX CTI, not at a header")
        top:add_proto_expert_info(e_cut, "No header of a message stands here")
        return tvb:len()
    end
    one_message(tvb, pinfo, tree)
    return tvb:len()
end

function proto.dissector(tvb, pinfo, tree)
    if tvb:len() == 0 then
        return 0
    end
    dissect_tcp_pdus(tvb, tree, HEADER, pdu_length, pdu)
    return tvb:len()
end

local tcp_ports = DissectorTable.get("tcp.port")
local registered = "12028,42027"
tcp_ports:add(registered, proto)

function proto.prefs_changed()
    if registered ~= proto.prefs.ports then
        if registered ~= "" then
            tcp_ports:remove(registered, proto)
        end
        registered = proto.prefs.ports
        if registered ~= "" then
            tcp_ports:add(registered, proto)
        end
    end
end
