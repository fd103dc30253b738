#include <algorithm>
#include <cstring>
#include <map>

#include "core/base/crc.h"
#include "core/base/json.h"
#include "core/base/text.h"
#include "core/objects/standard.h"
#include "core/store/column_codec.h"
#include "core/store/older_values.h"
#include "core/store/snapshot.h"
#include "core/store/snapshot_format.h"

namespace outpost {

using namespace snapshot_layout;

namespace {

std::unexpected<Error> damaged(std::string what) {
    return fail(ErrorCode::StorageFailure, "error.snapshot_damaged", {std::move(what)});
}

std::optional<Header> read_header(ByteSource& source) {
    Header header;
    if (source.size() < sizeof header ||
        !source.read(0, {reinterpret_cast<std::uint8_t*>(&header), sizeof header}) || header.magic != magic ||
        crc32c(&header, offsetof(Header, checksum)) != header.checksum)
        return std::nullopt;
    return header;
}

struct LocatedSection {
    Section head;
    std::uint64_t offset = 0;
};

class Reader {
public:
    Reader(ByteSource& source, SnapshotRead mode, TextCheck text_check)
        : source_(source), mode_(mode), text_check_(text_check) {}

    Result<SnapshotContent> read();

private:
    Status read_directory(const Header& header);
    Status read_schema();
    Status read_table(ObjectIndex object);
    void read_columns(Table& table);
    void read_column(FieldIndex field, Table& table, const LocatedSection& section);
    bool read_texts(FieldIndex field, Table& table);
    void check_references(const Object& object);
    bool read_definitions(const Json& json);

    // Reads a section straight into `values`; false when it is damaged.
    template <typename T>
    bool read_values(const LocatedSection& section, std::vector<T>& values);
    bool read_text(const LocatedSection& section, std::string& text);
    bool read_bytes(const LocatedSection& section, std::span<std::uint8_t> into);
    const LocatedSection* find(SectionKind kind, ObjectIndex object, FieldIndex field = FieldIndex{0}) const;
    void lose(const LocatedSection& section);

    ByteSource& source_;
    SnapshotRead mode_;
    TextCheck text_check_;
    SnapshotContent out_;
    std::vector<LocatedSection> sections_;
    std::map<std::uint64_t, const LocatedSection*> by_place_;
    ExpansionAccount account_;
    bool faulty_ = false;
};

std::uint64_t place_of(SectionKind kind, std::uint16_t object, std::uint16_t field) {
    return std::uint64_t{object} << 32 | std::uint64_t{field} << 8 | static_cast<std::uint64_t>(kind);
}

const LocatedSection* Reader::find(SectionKind kind, ObjectIndex object, FieldIndex field) const {
    const auto found = by_place_.find(place_of(kind, number(object), number(field)));
    return found == by_place_.end() ? nullptr : found->second;
}

bool Reader::read_bytes(const LocatedSection& section, std::span<std::uint8_t> into) {
    std::uint32_t checksum = 0;
    const std::uint64_t tail = section.offset + padded(section.head.bytes);
    return source_.read(section.offset, into) &&
           source_.read(tail, {reinterpret_cast<std::uint8_t*>(&checksum), sizeof checksum}) &&
           crc32c(into.data(), into.size()) == checksum;
}

template <typename T>
bool Reader::read_values(const LocatedSection& section, std::vector<T>& values) {
    if (section.head.bytes % sizeof(T) != 0) return false;
    values.resize(static_cast<std::size_t>(section.head.bytes / sizeof(T)));
    return read_bytes(section, {reinterpret_cast<std::uint8_t*>(values.data()), values.size() * sizeof(T)});
}

bool Reader::read_text(const LocatedSection& section, std::string& text) {
    bool good = false;
    text.resize_and_overwrite(static_cast<std::size_t>(section.head.bytes), [&](char* room, std::size_t bytes) {
        good = read_bytes(section, {reinterpret_cast<std::uint8_t*>(room), bytes});
        return bytes;
    });
    return good;
}

void Reader::lose(const LocatedSection& section) {
    faulty_ = true;
    Bytes bytes(static_cast<std::size_t>(section.head.bytes));
    if (mode_ == SnapshotRead::Salvage && source_.read(section.offset, bytes)) out_.damaged.push_back(std::move(bytes));
}

Status Reader::read_directory(const Header& header) {
    const std::uint64_t bytes = std::uint64_t{header.section_count} * sizeof(Section);
    if (header.total_bytes > source_.size() || bytes > header.total_bytes) return damaged("length");
    std::vector<Section> directory(header.section_count);
    if (!source_.read(sizeof header, {reinterpret_cast<std::uint8_t*>(directory.data()), static_cast<std::size_t>(bytes)}) ||
        crc32c(directory.data(), static_cast<std::size_t>(bytes)) != header.directory_checksum)
        return damaged("directory");
    std::uint64_t offset = sizeof header + bytes;
    for (const Section& section : directory) {
        if (section.bytes > header.total_bytes) return damaged("directory");
        sections_.push_back({section, offset});
        offset += padded(section.bytes) + section_tail_bytes;
        if (offset > header.total_bytes) return damaged("directory");
    }
    for (const LocatedSection& section : sections_)
        by_place_.try_emplace(place_of(section.head.kind, section.head.object, section.head.field), &section);
    return {};
}

bool Reader::read_definitions(const Json& json) {
    const Json* objects = json.find("objects");
    const std::int64_t limit = json.integer_or("objectLimit", 0);
    if (!objects || !objects->is_array() || limit < 0 || limit > object_end) return false;
    Schema& schema = out_.records.mutable_schema();
    std::vector<bool> seen(object_end);
    for (const Json& item : objects->items()) {
        auto object = object_from_json(item);
        if (!object || number(object->index) >= object_end || seen[number(object->index)]) return false;
        seen[number(object->index)] = true;
        const std::int64_t fields = item.integer_or("fieldCount", 0);
        if (fields > field_end || object->fields.size() > field_end) return false;
        while (static_cast<std::int64_t>(object->fields.size()) < fields) {
            Field hole;
            hole.index = FieldIndex{static_cast<std::uint16_t>(object->fields.size())};
            hole.deleted = true;
            object->fields.push_back(std::move(hole));
        }
        for (Field& field : object->fields)
            if (field.is_lookup() && field.reference_to.empty()) return false;
        schema.put_object(*std::move(object));
    }
    if (limit > schema.object_limit()) {
        Object last;
        last.index = ObjectIndex{static_cast<std::uint16_t>(limit - 1)};
        schema.put_object(last);
        schema.remove_object(last.index);
    }
    add_standard_objects(schema);
    out_.records.sync_tables_with_schema();
    return true;
}

Status Reader::read_schema() {
    const LocatedSection* section = find(SectionKind::Schema, no_object);
    std::string text;
    if (!section || !read_text(*section, text)) return damaged("schema");
    OUTPOST_TRY(const Json json, parse_json(text));
    return read_definitions(json) ? Status() : damaged("schema");
}

Status Reader::read_table(ObjectIndex object) {
    const LocatedSection* ids = find(SectionKind::Ids, object);
    const LocatedSection* states = find(SectionKind::States, object);
    if (!ids && !states) return {};
    const std::string name = "object " + std::to_string(number(object));
    std::vector<RowIds::Run> runs;
    std::vector<std::uint8_t> bytes;
    if (!ids || !states || !read_values(*ids, runs) || !read_values(*states, bytes)) return damaged(name);
    std::uint64_t rows = 0;
    for (const RowIds::Run& run : runs) {
        const std::uint64_t counter = run.first_id & ((std::uint64_t{1} << RecordId::counter_bits) - 1);
        if (RecordId{run.first_id}.object() != object || counter + run.count > std::uint64_t{1} << RecordId::counter_bits)
            return damaged(name);
        rows += run.count;
    }
    const auto bad_state = [](std::uint8_t state) { return state > static_cast<std::uint8_t>(RowState::Absent); };
    if (rows != bytes.size() || std::any_of(bytes.begin(), bytes.end(), bad_state)) return damaged(name);

    Schema& schema = out_.records.mutable_schema();
    if (!out_.records.has_table(object)) {  // its definition was undone, its rows are still there for a redo
        Object definition;
        definition.index = object;
        schema.put_object(std::move(definition));
        out_.records.sync_tables_with_schema();
        schema.remove_object(object);
    }
    Table& table = out_.records.mutable_table(object);
    if (!table.mutable_ids().assign(std::move(runs))) return damaged(name);
    std::vector<RowState>& row_states = table.mutable_states();
    row_states.resize(bytes.size());
    std::transform(bytes.begin(), bytes.end(), row_states.begin(),
                   [](std::uint8_t state) { return static_cast<RowState>(state); });
    read_columns(table);
    table.recount_live();
    return {};
}

void Reader::read_columns(Table& table) {
    for (auto at = by_place_.lower_bound(place_of(SectionKind::Schema, number(table.object()), 0));
         at != by_place_.end() && at->second->head.object == number(table.object()); ++at) {
        const LocatedSection& section = *at->second;
        const FieldIndex field{section.head.field};
        const bool fixed = section.head.kind == SectionKind::Values || section.head.kind == SectionKind::Same;
        if (!fixed && section.head.kind != SectionKind::TextPlaces && section.head.kind != SectionKind::TextArena) continue;
        if (section.head.field >= field_end || section.head.column_kind > static_cast<std::uint8_t>(ColumnKind::Ref)) {
            lose(section);
            continue;
        }
        const auto kind = fixed ? static_cast<ColumnKind>(section.head.column_kind) : ColumnKind::Text;
        const ColumnKind known = table.column(field).kind();
        if (known == ColumnKind::None && account_.spend(std::uint64_t{table.row_count()} * sizeof(std::uint64_t), source_.size()))
            table.add_column(field, kind);
        ObjectIndex target = no_object;
        const bool older = known == ColumnKind::Ref && kind == ColumnKind::Row && was_single_lookup(table.object(), field, target);
        if (older) table.mutable_column(field) = Column(kind);
        if (table.column(field).kind() != kind || kind == ColumnKind::None || (fixed && kind == ColumnKind::Text)) lose(section);
        else if (fixed) read_column(field, table, section);
        else if (section.head.kind == SectionKind::TextPlaces && !read_texts(field, table))
            table.mutable_column(field) = Column(ColumnKind::Text);
        if (older) table.mutable_column(field) = to_references(table.column(field).rows(), target);
    }
    // A column that got lost is null, also where no field asks for it.
    for (std::uint16_t i = 0; i < field_end; ++i)
        if (const ColumnKind kind = table.column(FieldIndex{i}).kind(); kind != ColumnKind::None) table.add_column(FieldIndex{i}, kind);
}

template <typename T>
void repeat_value(std::vector<T>& values, RowIndex rows) {
    const T value = values[0];
    values.assign(rows, value);
}

void Reader::read_column(FieldIndex field, Table& table, const LocatedSection& section) {
    const bool same = section.head.kind == SectionKind::Same;
    Column& column = table.mutable_column(field);
    const RowIndex rows = table.row_count();
    const auto take = [&](auto& vector) {
        bool good = read_values(section, vector) && vector.size() == (same ? 1 : rows);
        if (good && same) {
            good = account_.spend(std::uint64_t{rows} * sizeof vector[0], source_.size());
            if (good) repeat_value(vector, rows);
        }
        if (good) return;
        vector.clear();
        lose(section);
    };
    switch (column.kind()) {
        case ColumnKind::None:
        case ColumnKind::Text: break;
        case ColumnKind::Decimal:
        case ColumnKind::Instant: take(column.mutable_int64()); break;
        case ColumnKind::Day: take(column.mutable_days()); break;
        case ColumnKind::Flag: take(column.mutable_flags()); break;
        case ColumnKind::Code: take(column.mutable_codes()); break;
        case ColumnKind::Row: take(column.mutable_rows()); break;
        case ColumnKind::Ref: take(column.mutable_refs()); break;
    }
}

bool Reader::read_texts(FieldIndex field, Table& table) {
    const LocatedSection* at_places = find(SectionKind::TextPlaces, table.object(), field);
    const LocatedSection* at_arena = find(SectionKind::TextArena, table.object(), field);
    std::vector<TextColumn::Place> places;
    std::string arena;
    bool good = at_places && at_arena && read_values(*at_places, places) && read_text(*at_arena, arena) &&
                places.size() == table.row_count();
    if (good && text_check_ == TextCheck::Utf8) {
        good = std::all_of(places.begin(), places.end(), [&](TextColumn::Place place) {
            return std::uint64_t{place.offset} + place.length <= arena.size() &&
                   is_valid_utf8({arena.data() + place.offset, place.length});
        });
    }
    good = good && table.mutable_column(field).mutable_texts().assign(std::move(arena), std::move(places));
    if (good) return true;
    if (at_places) lose(*at_places);
    if (at_arena) lose(*at_arena);
    return false;
}

// What a column points at must be there: codes in the picklist, rows in the target's table, flags 0 or 1.
void Reader::check_references(const Object& object) {
    Table& table = out_.records.mutable_table(object.index);
    const auto clean = [&](auto& values, auto is_good, auto null) {
        for (auto& value : values) {
            if (is_good(value)) continue;
            faulty_ = true;
            value = null;
        }
    };
    const auto rows_of = [&](ObjectIndex target) {
        return out_.records.has_table(target) ? out_.records.table(target).row_count() : 0;
    };
    for (const Field& field : object.fields) {
        const ColumnKind kind = table.column(field.index).kind();
        if (kind == ColumnKind::Flag) {
            clean(table.mutable_column(field.index).mutable_flags(), [](std::uint8_t flag) { return flag <= 1; }, 0);
        } else if (kind == ColumnKind::Code) {
            const std::size_t codes = field.values.size();
            // Rows whose creation was undone may keep a value that went away with it: redo brings back both.
            std::vector<std::uint16_t>& held = table.mutable_column(field.index).mutable_codes();
            for (RowIndex row = 0; row < held.size(); ++row) {
                if (held[row] <= codes || table.state(row) == RowState::Absent) continue;
                faulty_ = true;
                held[row] = 0;
            }
        } else if (kind == ColumnKind::Row) {
            const RowIndex rows = field.reference_to.empty() ? 0 : rows_of(field.reference_to[0]);
            clean(table.mutable_column(field.index).mutable_rows(),
                  [=](RowIndex row) { return row < rows || row == no_row; }, no_row);
        } else if (kind == ColumnKind::Ref) {
            clean(table.mutable_column(field.index).mutable_refs(),
                  [&](RecordRef ref) { return ref.row == no_row || ref.row < rows_of(ref.object); }, RecordRef{});
        }
    }
}

Result<SnapshotContent> Reader::read() {
    const auto header = read_header(source_);
    if (!header) return damaged("header");
    if (header->format > snapshot_format) return fail(ErrorCode::StorageFailure, "error.newer_format");
    out_.head = {header->sequence, header->stamp, header->id_salt};
    OUTPOST_CHECK(read_directory(*header));
    OUTPOST_CHECK(read_schema());
    const Schema& schema = out_.records.schema();
    for (std::uint16_t i = 1; i < object_end; ++i) OUTPOST_CHECK(read_table(ObjectIndex{i}));
    for (std::uint16_t i = 1; i < object_end; ++i)
        if (schema.knows_object(ObjectIndex{i})) check_references(schema.object(ObjectIndex{i}));
    for (const LocatedSection& section : sections_) {
        if (section.head.kind != SectionKind::Kept && section.head.kind != SectionKind::Undo) continue;
        std::vector<Bytes>& list = section.head.kind == SectionKind::Kept ? out_.kept : out_.undo;
        if (read_values(section, list.emplace_back())) continue;
        list.pop_back();
        lose(section);
    }
    if (faulty_ && mode_ == SnapshotRead::Strict) return damaged("section");
    return std::move(out_);
}

}  // namespace

SnapshotPeek peek_snapshot(ByteSource& source) {
    const auto header = read_header(source);
    if (!header) return {};
    const SnapshotState state = header->format > snapshot_format   ? SnapshotState::NewerFormat
                                : header->total_bytes > source.size() ? SnapshotState::Damaged
                                                                      : SnapshotState::Whole;
    return {state, {header->sequence, header->stamp, header->id_salt}};
}

Result<SnapshotContent> read_snapshot(ByteSource& source, SnapshotRead mode, TextCheck text_check) {
    return Reader(source, mode, text_check).read();
}

bool MemorySource::read(std::uint64_t offset, std::span<std::uint8_t> out) {
    if (offset > bytes_.size() || out.size() > bytes_.size() - offset) return false;
    if (!out.empty()) std::memcpy(out.data(), bytes_.data() + offset, out.size());
    return true;
}

}  // namespace outpost
