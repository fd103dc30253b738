#include "core/store/journal_codec.h"

#include <algorithm>

#include "core/base/crc.h"
#include "core/base/json.h"
#include "core/base/text.h"
#include "core/objects/schema.h"
#include "core/store/column_codec.h"

namespace outpost {
namespace {

constexpr std::uint32_t entry_magic = 0x314A'504F;  // "OPJ1"

struct FrameHead {
    std::uint32_t magic = entry_magic;
    std::uint16_t format = journal_format;
    std::uint16_t reserved = 0;
    std::uint64_t payload_bytes = 0;
    std::uint64_t sequence = 0;
    std::uint32_t reserved_too = 0;
    std::uint32_t checksum = 0;  // of the fields before it and the payload
};
static_assert(sizeof(FrameHead) == entry_frame_bytes && std::is_trivially_copyable_v<FrameHead>);

void encode_definition(const std::optional<Object>& object, const Schema& schema, EntryParts& out) {
    out.fixed(static_cast<std::uint8_t>(object.has_value()));
    if (object) out.text(to_json(*object, schema).dump());
}

void encode_definition(const std::optional<Field>& field, const Schema& schema, EntryParts& out) {
    out.fixed(static_cast<std::uint8_t>(field.has_value()));
    if (field) out.text(to_json(*field, schema).dump());
}

void encode_change(const Change& change, const Schema& schema, EntryParts& out, ExpansionAccount& account) {
    out.fixed(change.kind);
    switch (change.kind) {
        case Change::Kind::Schema:
            out.varint(number(change.schema.object));
            out.varint(number(change.schema.field));
            encode_definition(change.schema.object_before, schema, out);
            encode_definition(change.schema.object_after, schema, out);
            encode_definition(change.schema.field_before, schema, out);
            encode_definition(change.schema.field_after, schema, out);
            return;
        case Change::Kind::Created:
            out.varint(number(change.created.object));
            out.varint(change.created.first_row);
            out.varint(change.created.count);
            out.fixed(change.created.first_id.bits);
            out.varint(change.created.columns.size());
            for (const FieldColumn& column : change.created.columns) {
                out.varint(number(column.field));
                encode_column(column.values, out, account);
            }
            return;
        case Change::Kind::Patch:
            out.varint(number(change.patch.object));
            out.varint(number(change.patch.field));
            encode_rows(change.patch.rows, out, account);
            encode_column(change.patch.before, out, account);
            encode_column(change.patch.after, out, account);
            return;
        case Change::Kind::State: {
            std::vector<std::uint8_t> before(change.state.before.size());
            std::transform(change.state.before.begin(), change.state.before.end(), before.begin(),
                           [](RowState state) { return static_cast<std::uint8_t>(state); });
            out.varint(number(change.state.object));
            encode_rows(change.state.rows, out, account);
            encode_bytes(before, out, account);
            out.fixed(change.state.after);
            return;
        }
    }
}

void decode_definition(ByteReader& reader, std::optional<Object>& object) {
    if (reader.fixed<std::uint8_t>() == 0) return;
    const auto json = parse_json(reader.text());
    auto parsed = json ? object_from_json(*json) : Result<Object>(std::unexpected(json.error()));
    if (parsed) object = *std::move(parsed);
    else reader.fail();
}

void decode_definition(ByteReader& reader, std::optional<Field>& field) {
    if (reader.fixed<std::uint8_t>() == 0) return;
    const auto json = parse_json(reader.text());
    auto parsed = json ? field_from_json(*json) : Result<Field>(std::unexpected(json.error()));
    if (parsed) field = *std::move(parsed);
    else reader.fail();
}

void decode_schema_change(ByteReader& reader, SchemaChange& change) {
    change.object = ObjectIndex{static_cast<std::uint16_t>(reader.varint_to(0xFFFF))};
    change.field = FieldIndex{static_cast<std::uint16_t>(reader.varint_to(0xFFFF))};
    decode_definition(reader, change.object_before);
    decode_definition(reader, change.object_after);
    decode_definition(reader, change.field_before);
    decode_definition(reader, change.field_after);
}

void decode_created(ByteReader& reader, RecordsCreated& created, ExpansionAccount& account, DecodeDepth depth) {
    created.object = ObjectIndex{static_cast<std::uint16_t>(reader.varint_to(0xFFFF))};
    created.first_row = static_cast<RowIndex>(reader.varint_to(no_row));
    created.count = static_cast<std::uint32_t>(reader.varint_to(std::uint64_t{1} << RecordId::counter_bits));
    created.first_id.bits = reader.fixed<std::uint64_t>();
    const std::uint64_t columns = reader.varint_to(reader.remaining());
    for (std::uint64_t i = 0; i < columns && !reader.failed(); ++i) {
        const FieldIndex field{static_cast<std::uint16_t>(reader.varint_to(0xFFFF))};
        if (depth == DecodeDepth::UndoOnly) {
            skip_column(reader);
            continue;
        }
        auto values = decode_column(reader, account);
        if (!values || (values->kind() != ColumnKind::None && values->size() != created.count)) reader.fail();
        else created.columns.push_back({field, *std::move(values)});
    }
}

void decode_patch(ByteReader& reader, ColumnPatch& patch, ExpansionAccount& account) {
    patch.object = ObjectIndex{static_cast<std::uint16_t>(reader.varint_to(0xFFFF))};
    patch.field = FieldIndex{static_cast<std::uint16_t>(reader.varint_to(0xFFFF))};
    patch.rows = decode_rows(reader, account);
    auto before = decode_column(reader, account);
    auto after = decode_column(reader, account);
    if (reader.failed() || !before || !after || before->kind() != after->kind() ||
        before->size() != patch.rows.size() || (after->size() != patch.rows.size() && after->size() != 1)) {
        reader.fail();
        return;
    }
    patch.before = *std::move(before);
    patch.after = *std::move(after);
}

std::optional<RowState> row_state(std::uint8_t byte) {
    if (byte > static_cast<std::uint8_t>(RowState::Absent)) return std::nullopt;
    return static_cast<RowState>(byte);
}

void decode_state(ByteReader& reader, StatePatch& patch, ExpansionAccount& account) {
    patch.object = ObjectIndex{static_cast<std::uint16_t>(reader.varint_to(0xFFFF))};
    patch.rows = decode_rows(reader, account);
    const std::vector<std::uint8_t> before = decode_bytes(reader, account);
    const auto after = row_state(reader.fixed<std::uint8_t>());
    if (reader.failed() || before.size() != patch.rows.size() || !after ||
        !std::all_of(before.begin(), before.end(), [](std::uint8_t byte) { return row_state(byte).has_value(); })) {
        reader.fail();
        return;
    }
    patch.after = *after;
    patch.before.reserve(before.size());
    for (const std::uint8_t byte : before) patch.before.push_back(*row_state(byte));
}

void decode_head(ByteReader& reader, ChangeGroup& group) {
    group.time = reader.signed_varint();
    group.stamp = reader.varint();
    group.user.object = ObjectIndex{static_cast<std::uint16_t>(reader.varint_to(0xFFFF))};
    group.user.row = static_cast<RowIndex>(reader.varint_to(no_row));
    const auto origin = reader.fixed<std::uint8_t>();
    if (origin > static_cast<std::uint8_t>(EditOrigin::Sync)) reader.fail();
    else group.origin = static_cast<EditOrigin>(origin);
    group.reverses = reader.varint();
    group.label_key = reader.text();
    const std::uint64_t arguments = reader.varint_to(reader.remaining());
    for (std::uint64_t i = 0; i < arguments && !reader.failed(); ++i) group.label_arguments.push_back(reader.text());
    for (const std::string& argument : group.label_arguments)
        if (!is_valid_utf8(argument)) reader.fail();
    if (!is_valid_utf8(group.label_key)) reader.fail();
}

}  // namespace

std::vector<ByteView> EncodedEntry::parts() const {
    std::vector<ByteView> out = payload.views();
    out.insert(out.begin(), ByteView(frame));
    return out;
}

EncodedEntry encode_entry(const ChangeGroup& group, const Schema& schema) {
    EncodedEntry entry;
    EntryParts& out = entry.payload;
    ExpansionAccount account;
    out.signed_varint(group.time);
    out.varint(group.stamp);
    out.varint(number(group.user.object));
    out.varint(group.user.row);
    out.fixed(group.origin);
    out.varint(group.reverses);
    out.text(group.label_key);
    out.varint(group.label_arguments.size());
    for (const std::string& argument : group.label_arguments) out.text(argument);
    out.varint(group.changes.size());
    for (const Change& change : group.changes) encode_change(change, schema, out, account);

    FrameHead head;
    head.payload_bytes = out.size();
    head.sequence = group.sequence;
    head.checksum = crc32c(&head, offsetof(FrameHead, checksum));
    for (const ByteView part : out.views()) head.checksum = crc32c(part.data(), part.size(), head.checksum);
    std::memcpy(entry.frame.data(), &head, sizeof head);
    return entry;
}

Bytes encode_entry_bytes(const ChangeGroup& group, const Schema& schema) {
    const EncodedEntry entry = encode_entry(group, schema);
    Bytes out;
    out.reserve(entry.size());
    for (const ByteView part : entry.parts()) out.insert(out.end(), part.begin(), part.end());
    return out;
}

EntryFrame read_entry_frame(ByteView bytes) {
    EntryFrame frame;
    FrameHead head;
    if (bytes.size() >= sizeof head.magic) {
        std::memcpy(&head.magic, bytes.data(), sizeof head.magic);
        if (head.magic != entry_magic) return frame;
    }
    frame.state = FrameState::Torn;
    if (bytes.size() < sizeof head) return frame;
    std::memcpy(&head, bytes.data(), sizeof head);
    const std::size_t payload_bytes = bytes.size() - sizeof head;
    if (payload_bytes < head.payload_bytes) return frame;
    frame.state = FrameState::Damaged;
    if (payload_bytes > head.payload_bytes) return frame;
    std::uint32_t checksum = crc32c(&head, offsetof(FrameHead, checksum));
    checksum = crc32c(bytes.data() + sizeof head, payload_bytes, checksum);
    if (checksum != head.checksum || head.sequence == 0) return frame;
    frame.state = head.format > journal_format ? FrameState::NewerFormat : FrameState::Whole;
    frame.sequence = head.sequence;
    frame.payload = bytes.subspan(sizeof head);
    return frame;
}

Result<ChangeGroup> decode_entry(const EntryFrame& frame, DecodeDepth depth) {
    ChangeGroup group;
    group.sequence = frame.sequence;
    ByteReader reader(frame.payload);
    ExpansionAccount account;
    decode_head(reader, group);
    const std::uint64_t changes = reader.varint_to(reader.remaining());
    for (std::uint64_t i = 0; i < changes && !reader.failed(); ++i) {
        Change& change = group.changes.emplace_back();
        const auto kind = reader.fixed<std::uint8_t>();
        if (kind > static_cast<std::uint8_t>(Change::Kind::State)) {
            reader.fail();
            break;
        }
        change.kind = static_cast<Change::Kind>(kind);
        switch (change.kind) {
            case Change::Kind::Schema: decode_schema_change(reader, change.schema); break;
            case Change::Kind::Created: decode_created(reader, change.created, account, depth); break;
            case Change::Kind::Patch: decode_patch(reader, change.patch, account); break;
            case Change::Kind::State: decode_state(reader, change.state, account); break;
        }
    }
    if (reader.failed() || reader.remaining() != 0)
        return fail(ErrorCode::StorageFailure, "error.journal_entry_unreadable", {std::to_string(frame.sequence)});
    return group;
}

}  // namespace outpost
