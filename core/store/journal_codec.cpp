#include "core/store/journal_codec.h"

#include <algorithm>

#include "core/base/crc.h"
#include "core/base/json.h"
#include "core/base/text.h"
#include "core/objects/schema.h"
#include "core/store/column_codec.h"
#include "core/store/older_values.h"

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

// The kinds of change as the format numbers them: the positions in the variant, kept for ever.
enum class ChangeKind : std::uint8_t { Schema, Created, Changed, State };
static_assert(std::is_same_v<std::variant_alternative_t<std::size_t(ChangeKind::Schema), Change>, SchemaChange> &&
              std::is_same_v<std::variant_alternative_t<std::size_t(ChangeKind::Created), Change>, RecordsCreated> &&
              std::is_same_v<std::variant_alternative_t<std::size_t(ChangeKind::Changed), Change>, RecordsChanged> &&
              std::is_same_v<std::variant_alternative_t<std::size_t(ChangeKind::State), Change>, StateChanged>);

template <typename Definition>
void encode_definition(const std::shared_ptr<const Definition>& definition, const Schema& schema, EntryParts& out) {
    out.fixed(static_cast<std::uint8_t>(definition != nullptr));
    if (definition) out.text(to_json(*definition, schema).dump());
}

struct ChangeEncoder {
    const Schema& schema;
    EntryParts& out;
    ExpansionAccount& account;

    void operator()(const SchemaChange& change) const {
        out.fixed(ChangeKind::Schema);
        out.varint(number(change.object));
        out.varint(number(change.field));
        encode_definition(change.object_before, schema, out);
        encode_definition(change.object_after, schema, out);
        encode_definition(change.field_before, schema, out);
        encode_definition(change.field_after, schema, out);
    }
    void operator()(const RecordsCreated& created) const {
        out.fixed(ChangeKind::Created);
        out.varint(number(created.object));
        out.varint(created.first_row);
        out.varint(created.count);
        out.fixed(created.first_id.bits);
        out.varint(created.columns.size());
        for (const FieldColumn& column : created.columns) {
            out.varint(number(column.field));
            encode_column(column.values, out, account);
        }
    }
    void operator()(const RecordsChanged& changed) const {
        out.fixed(ChangeKind::Changed);
        out.varint(number(changed.object));
        encode_rows(changed.rows, out, account);
        out.varint(changed.fields.size());
        for (const FieldChange& field : changed.fields) {
            out.varint(number(field.field));
            encode_column(field.before, out, account);
            encode_column(field.after, out, account);
        }
    }
    void operator()(const StateChanged& changed) const {
        out.fixed(ChangeKind::State);
        out.varint(number(changed.object));
        encode_rows(changed.rows, out, account);
        out.fixed(changed.before);
        out.fixed(changed.after);
    }
};

ObjectIndex read_object(ByteReader& reader) { return ObjectIndex{static_cast<std::uint16_t>(reader.varint_to(0xFFFF))}; }
FieldIndex read_field(ByteReader& reader) { return FieldIndex{static_cast<std::uint16_t>(reader.varint_to(0xFFFF))}; }

Result<Object> definition_from_json(const Json& json, const Object*) { return object_from_json(json); }
Result<Field> definition_from_json(const Json& json, const Field*) { return field_from_json(json); }

template <typename Definition>
void decode_definition(ByteReader& reader, std::shared_ptr<const Definition>& definition) {
    if (reader.fixed<std::uint8_t>() == 0) return;
    const auto json = parse_json(reader.text());
    if (!json) return reader.fail();
    auto parsed = definition_from_json(*json, static_cast<const Definition*>(nullptr));
    if (parsed) definition = std::make_shared<const Definition>(*std::move(parsed));
    else reader.fail();
}

SchemaChange decode_schema_change(ByteReader& reader) {
    SchemaChange change;
    change.object = read_object(reader);
    change.field = read_field(reader);
    decode_definition(reader, change.object_before);
    decode_definition(reader, change.object_after);
    decode_definition(reader, change.field_before);
    decode_definition(reader, change.field_after);
    return change;
}

// Imports of November 2026 could write a field twice (a whole name beside a last name); the later values counted.
template <typename Columns>
void keep_last_of_each(Columns& columns) {
    constexpr std::size_t fields_max = 4096;
    for (std::size_t i = 0; i < columns.size() && columns.size() <= fields_max;) {
        const bool comes_again = std::any_of(columns.begin() + static_cast<std::ptrdiff_t>(i) + 1, columns.end(), [&](const auto& other) { return other.field == columns[i].field; });
        if (comes_again) columns.erase(columns.begin() + static_cast<std::ptrdiff_t>(i));
        else ++i;
    }
}

RecordsCreated decode_created(ByteReader& reader, ExpansionAccount& account, DecodeDepth depth) {
    RecordsCreated created;
    created.object = read_object(reader);
    created.first_row = static_cast<RowIndex>(reader.varint_to(no_row));
    created.count = static_cast<std::uint32_t>(reader.varint_to(std::uint64_t{1} << RecordId::counter_bits));
    created.first_id.bits = reader.fixed<std::uint64_t>();
    const std::uint64_t columns = reader.varint_to(reader.remaining());
    for (std::uint64_t i = 0; i < columns && !reader.failed(); ++i) {
        const FieldIndex field = read_field(reader);
        if (depth == DecodeDepth::UndoOnly) {
            skip_column(reader);
            continue;
        }
        auto values = decode_column(reader, account);
        if (!values || (values->size() != created.count && values->size() != 1)) reader.fail();
        else created.columns.push_back({field, *std::move(values)});
    }
    keep_last_of_each(created.columns);
    return created;
}

RecordsChanged decode_changed(ByteReader& reader, ExpansionAccount& account) {
    RecordsChanged changed;
    changed.object = read_object(reader);
    changed.rows = decode_rows(reader, account);
    const auto fits = [&](const std::optional<Column>& column) {
        return column && (column->size() == changed.rows.size() || column->size() == 1);
    };
    const std::uint64_t fields = reader.varint_to(reader.remaining());
    for (std::uint64_t i = 0; i < fields && !reader.failed(); ++i) {
        const FieldIndex field = read_field(reader);
        auto before = decode_column(reader, account);
        auto after = decode_column(reader, account);
        if (!fits(before) || !fits(after) || before->kind() != after->kind()) reader.fail();
        else changed.fields.push_back({field, *std::move(before), *std::move(after)});
    }
    keep_last_of_each(changed.fields);
    return changed;
}

RowState read_state(ByteReader& reader) {
    const auto byte = reader.fixed<std::uint8_t>();
    if (byte > static_cast<std::uint8_t>(RowState::Removed)) reader.fail();
    return reader.failed() ? RowState::Live : static_cast<RowState>(byte);
}

StateChanged decode_state(ByteReader& reader, ExpansionAccount& account) {
    StateChanged changed;
    changed.object = read_object(reader);
    changed.rows = decode_rows(reader, account);
    changed.before = read_state(reader);
    changed.after = read_state(reader);
    return changed;
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
    for (const Change& change : group.changes) std::visit(ChangeEncoder{schema, out, account}, change);

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

namespace {

constexpr std::uint64_t checked_at_once = 64 << 10;

EntryFrame read_frame(ByteReader reader) {
    EntryFrame frame;
    FrameHead head;
    const std::uint64_t bytes = reader.remaining();
    const ByteView begin = reader.take(std::min<std::uint64_t>(bytes, sizeof head));
    if (begin.size() >= sizeof head.magic) {
        std::memcpy(&head.magic, begin.data(), sizeof head.magic);
        if (head.magic != entry_magic) return frame;
    }
    frame.state = FrameState::Torn;
    if (begin.size() < sizeof head) return frame;
    std::memcpy(&head, begin.data(), sizeof head);
    frame.payload_bytes = bytes - sizeof head;
    if (frame.payload_bytes < head.payload_bytes) return frame;
    frame.state = FrameState::Damaged;
    if (frame.payload_bytes > head.payload_bytes) return frame;
    std::uint32_t checksum = crc32c(&head, offsetof(FrameHead, checksum));
    while (reader.remaining() > 0) {
        const ByteView part = reader.take(std::min(reader.remaining(), checked_at_once));
        checksum = crc32c(part.data(), part.size(), checksum);
    }
    if (reader.failed() || checksum != head.checksum || head.sequence == 0) return frame;
    frame.state = head.format > journal_format ? FrameState::NewerFormat : FrameState::Whole;
    frame.sequence = head.sequence;
    return frame;
}

}  // namespace

ByteReader EntryFrame::reader() const { return source ? ByteReader(*source, entry_frame_bytes, payload_bytes) : ByteReader(payload); }

EntryFrame read_entry_frame(ByteView bytes) {
    EntryFrame frame = read_frame(ByteReader(bytes));
    if (frame.sequence != 0) frame.payload = bytes.subspan(entry_frame_bytes);
    return frame;
}

EntryFrame read_entry_frame(ByteSource& source) {
    EntryFrame frame = read_frame(ByteReader(source, 0, source.size()));
    frame.source = &source;
    return frame;
}

std::size_t entry_size_at(ByteView bytes) {
    FrameHead head;
    if (bytes.size() < sizeof head) return 0;
    std::memcpy(&head, bytes.data(), sizeof head);
    if (head.magic != entry_magic || head.payload_bytes > bytes.size() - sizeof head) return 0;
    return sizeof head + static_cast<std::size_t>(head.payload_bytes);
}

Result<ChangeGroup> decode_entry(const EntryFrame& frame, DecodeDepth depth) {
    ChangeGroup group;
    group.sequence = frame.sequence;
    ByteReader reader = frame.reader();
    ExpansionAccount account;
    decode_head(reader, group);
    const std::uint64_t changes = reader.varint_to(reader.remaining());
    for (std::uint64_t i = 0; i < changes && !reader.failed(); ++i) {
        switch (static_cast<ChangeKind>(reader.fixed<std::uint8_t>())) {
            case ChangeKind::Schema: group.changes.push_back(decode_schema_change(reader)); break;
            case ChangeKind::Created: group.changes.push_back(decode_created(reader, account, depth)); break;
            case ChangeKind::Changed: group.changes.push_back(decode_changed(reader, account)); break;
            case ChangeKind::State: group.changes.push_back(decode_state(reader, account)); break;
            default: reader.fail();
        }
    }
    if (reader.failed() || reader.remaining() != 0)
        return fail(ErrorCode::StorageFailure, "error.journal_entry_unreadable", {std::to_string(frame.sequence)});
    bring_up_to_date(group);
    return group;
}

}  // namespace outpost
