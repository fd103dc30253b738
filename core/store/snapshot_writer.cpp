#include <algorithm>
#include <cstring>

#include "core/base/crc.h"
#include "core/base/json.h"
#include "core/store/column_codec.h"
#include "core/store/snapshot.h"
#include "core/store/snapshot_format.h"

namespace outpost {

using namespace snapshot_layout;

namespace {

constexpr std::size_t piece_bytes_max = 4 << 20;
constexpr std::size_t gather_bytes_max = 64 << 10;  // smaller things are put together before they are written

struct PlannedSection {
    Section head;
    ByteView bytes;
};

template <typename T>
ByteView bytes_of(std::span<const T> values) {
    return {reinterpret_cast<const std::uint8_t*>(values.data()), values.size_bytes()};
}

ByteView column_bytes(const Column& column) {
    switch (column.kind()) {
        case ColumnKind::None:
        case ColumnKind::Text: return {};
        case ColumnKind::Decimal: return bytes_of(column.decimals());
        case ColumnKind::Instant: return bytes_of(column.instants());
        case ColumnKind::Day: return bytes_of(column.days());
        case ColumnKind::Flag: return bytes_of(column.flags());
        case ColumnKind::Code: return bytes_of(column.codes());
        case ColumnKind::Row: return bytes_of(column.rows());
        case ColumnKind::Ref: return bytes_of(column.refs());
    }
    return {};
}

// Numbers that an undone definition had stay taken, so the counts are written too.
Json schema_to_json(const Schema& schema) {
    Json list = Json::array();
    for (std::uint16_t i = 1; i < schema.object_limit(); ++i) {
        if (!schema.knows_object(ObjectIndex{i})) continue;
        const Object& object = schema.object(ObjectIndex{i});
        list.push(to_json(object, schema).set("fieldCount", static_cast<std::uint64_t>(object.fields.size())));
    }
    return Json::object().set("objectLimit", std::int64_t{schema.object_limit()}).set("objects", std::move(list));
}

}  // namespace

struct SnapshotWriter::State {
    std::string schema;
    Bytes front;  // header and directory
    Bytes spare;
    std::vector<PlannedSection> sections;
    ExpansionAccount account;
    std::uint64_t section_bytes = 0;
    std::uint64_t total_bytes = 0;
    std::size_t next_section = 0;
    std::uint64_t offset = 0;  // within the section
    std::uint32_t checksum = 0;
    bool front_written = false;
    Bytes gathered;

    void plan(Section head, ByteView bytes) {
        head.bytes = bytes.size();
        sections.push_back({head, bytes});
        section_bytes += bytes.size();
    }
    void plan_table(const Records& records, ObjectIndex object);
    void plan_front(const SnapshotHead& head);
    void put(const std::function<void(ByteView)>& write, ByteView bytes);
    void flush(const std::function<void(ByteView)>& write) {
        if (!gathered.empty()) write(gathered);
        gathered.clear();
    }
};

void SnapshotWriter::State::plan_table(const Records& records, ObjectIndex object) {
    const Table& table = records.table(object);
    if (table.row_count() == 0) return;
    const Schema& definitions = records.schema();
    plan({.kind = SectionKind::Ids, .object = number(object)}, bytes_of(table.ids().runs()));
    plan({.kind = SectionKind::States, .object = number(object)}, bytes_of(table.states()));
    // Columns whose field is gone are written too: a redo brings the field again, with its values.
    for (std::uint16_t i = 0; i < field_end; ++i) {
        const Column& column = table.column(FieldIndex{i});
        if (column.kind() == ColumnKind::None || column.size() != table.row_count()) continue;
        Section head{.column_kind = static_cast<std::uint8_t>(column.kind()), .object = number(object), .field = i};
        if (column.kind() == ColumnKind::Text) {
            const auto places = column.texts().places();
            const bool is_named = definitions.knows_object(object) && i < definitions.object(object).fields.size() &&
                                  !definitions.object(object).fields[i].name.empty();
            if (is_named && std::ranges::all_of(places, [](auto place) { return place.length == 0; })) continue;
            head.kind = SectionKind::TextPlaces;
            plan(head, bytes_of(places));
            head.kind = SectionKind::TextArena;
            plan(head, bytes_of(column.texts().arena()));
            continue;
        }
        const ByteView bytes = column_bytes(column);
        // A run of equal values is one value, as far as the reader's account lets it grow again.
        const bool same = column.all_equal() && account.spend(bytes.size(), section_bytes);
        head.kind = same ? SectionKind::Same : SectionKind::Values;
        plan(head, same ? bytes.first(bytes.size() / column.size()) : bytes);
    }
}

void SnapshotWriter::State::plan_front(const SnapshotHead& head) {
    const std::size_t schema_bytes = padded(schema.size()), directory_bytes = (sections.size() + 1) * sizeof(Section);
    spare.resize(schema_bytes + directory_bytes + sizeof(Header));
    plan({.kind = SectionKind::Spare}, spare);
    Header header{.format = snapshot_format, .sequence = head.sequence, .stamp = head.stamp, .id_salt = head.id_salt};
    header.section_count = static_cast<std::uint32_t>(sections.size());
    front.resize(sizeof header + directory_bytes);
    header.total_bytes = front.size();
    for (std::size_t i = 0; i < sections.size(); ++i) {
        std::memcpy(front.data() + sizeof header + i * sizeof(Section), &sections[i].head, sizeof(Section));
        header.total_bytes += padded(sections[i].head.bytes) + section_tail_bytes;
    }
    header.directory_checksum = crc32c(front.data() + sizeof header, front.size() - sizeof header);
    header.checksum = crc32c(&header, offsetof(Header, checksum));
    std::memcpy(front.data(), &header, sizeof header);
    std::memcpy(spare.data(), schema.data(), schema.size());
    std::memcpy(spare.data() + schema_bytes, front.data() + sizeof header, directory_bytes);
    std::memcpy(spare.data() + schema_bytes + directory_bytes, &header, sizeof header);
    total_bytes = header.total_bytes;
}

void SnapshotWriter::State::put(const std::function<void(ByteView)>& write, ByteView bytes) {
    if (bytes.size() < gather_bytes_max) {
        gathered.insert(gathered.end(), bytes.begin(), bytes.end());
        if (gathered.size() >= gather_bytes_max) flush(write);
        return;
    }
    flush(write);
    for (std::size_t from = 0; from < bytes.size(); from += piece_bytes_max)
        write(bytes.subspan(from, std::min(piece_bytes_max, bytes.size() - from)));
}

SnapshotWriter::SnapshotWriter(const Records& records, const SnapshotHead& head, const std::vector<Bytes>& kept,
                               const std::vector<Bytes>& undo)
    : state_(std::make_unique<State>()) {
    state_->schema = schema_to_json(records.schema()).dump();
    state_->plan({.kind = SectionKind::Schema},
                 {reinterpret_cast<const std::uint8_t*>(state_->schema.data()), state_->schema.size()});
    for (std::uint16_t i = 1; i < object_end; ++i)
        if (records.has_table(ObjectIndex{i})) state_->plan_table(records, ObjectIndex{i});
    for (const Bytes& bytes : kept) state_->plan({.kind = SectionKind::Kept}, bytes);
    for (const Bytes& bytes : undo) state_->plan({.kind = SectionKind::Undo}, bytes);
    state_->plan_front(head);
}

SnapshotWriter::~SnapshotWriter() = default;

std::uint64_t SnapshotWriter::total_bytes() const { return state_->total_bytes; }

bool SnapshotWriter::step(const std::function<void(ByteView)>& write, std::uint64_t bytes_max) {
    State& state = *state_;
    if (!state.front_written) {
        state.put(write, state.front);
        state.front_written = true;
    }
    std::uint64_t left = bytes_max;
    while (state.next_section < state.sections.size()) {
        const PlannedSection& section = state.sections[state.next_section];
        const std::uint64_t size = std::min<std::uint64_t>(section.bytes.size() - state.offset, left);
        const ByteView part = section.bytes.subspan(static_cast<std::size_t>(state.offset), static_cast<std::size_t>(size));
        state.checksum = crc32c(part.data(), part.size(), state.checksum);
        state.put(write, part);
        state.offset += size;
        left -= size;
        if (state.offset < section.bytes.size()) return false;
        Bytes tail(padded(section.bytes.size()) - section.bytes.size() + section_tail_bytes);
        std::memcpy(tail.data() + tail.size() - section_tail_bytes, &state.checksum, sizeof state.checksum);
        state.put(write, tail);
        state.checksum = 0;
        state.offset = 0;
        ++state.next_section;
    }
    state.flush(write);
    return true;
}

Bytes write_snapshot_bytes(const Records& records, const SnapshotHead& head, const std::vector<Bytes>& kept) {
    SnapshotWriter writer(records, head, kept, {});
    Bytes out;
    out.reserve(static_cast<std::size_t>(writer.total_bytes()));
    while (!writer.step([&](ByteView piece) { out.insert(out.end(), piece.begin(), piece.end()); }, UINT64_MAX)) {}
    return out;
}

}  // namespace outpost
