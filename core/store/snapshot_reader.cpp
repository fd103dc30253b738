#include <algorithm>
#include <cstring>
#include <map>

#include "core/base/crc.h"
#include "core/base/json.h"
#include "core/base/text.h"
#include "core/objects/standard.h"
#include "core/store/column_codec.h"
#include "core/store/flipped_byte.h"
#include "core/store/older_values.h"
#include "core/store/snapshot.h"
#include "core/store/snapshot_format.h"

namespace outpost {

using namespace snapshot_layout;

namespace {

std::unexpected<Error> damaged(std::string what) {
    return fail(ErrorCode::InvalidFile, "error.backup.unreadable", {std::move(what)});
}

struct FoundHeader {
    Header header;
    bool is_sound = true;  // the one in front, as it was written
};

std::optional<FoundHeader> header_at(ByteSource& source, std::uint64_t offset, SnapshotRead mode) {
    FoundHeader found;
    Header& header = found.header;
    const std::span<std::uint8_t> bytes(reinterpret_cast<std::uint8_t*>(&header), sizeof header);
    if (!source.read(offset, bytes)) return std::nullopt;
    const std::span<std::uint8_t> checked = bytes.first(offsetof(Header, checksum));
    found.is_sound = crc32c(checked.data(), checked.size()) == header.checksum;
    if (!found.is_sound && (mode == SnapshotRead::Strict || !mend_flipped_byte(checked, header.checksum))) return std::nullopt;
    return header.magic == magic ? std::optional(found) : std::nullopt;
}

// Where the header of a whole snapshot lies within its spare, which is the last section.
std::uint64_t spare_header_at(ByteSource& source) {
    return source.size() - std::min<std::uint64_t>(source.size(), sizeof(Header) + section_tail_bytes);
}

std::optional<FoundHeader> read_header(ByteSource& source) {
    auto found = header_at(source, 0, SnapshotRead::Strict);
    if (!found) found = header_at(source, 0, SnapshotRead::Salvage);
    if (!found && (found = header_at(source, spare_header_at(source), SnapshotRead::Strict))) found->is_sound = false;
    return found;
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
    bool read_sections(const Header& header, std::vector<Section>& directory);
    Status read_schema();
    bool read_schema_text(std::string_view text);
    void read_what_is_left(std::string_view text);
    Status read_table(ObjectIndex object);
    void read_columns(Table& table);
    void read_column(FieldIndex field, Table& table, const LocatedSection& section);
    bool read_texts(FieldIndex field, Table& table);
    void check_references(const Object& object);
    bool read_definitions(const Json& json);
    bool read_definition(const Json& json, std::vector<bool>& seen);
    bool read_ids(ObjectIndex object, const LocatedSection& section, std::uint64_t rows, RowIds& ids);

    // Reads a section straight into `values`; false when it is damaged.
    template <typename T>
    bool read_values(const LocatedSection& section, std::vector<T>& values);
    bool read_text(const LocatedSection& section, std::string& text);
    bool read_bytes(const LocatedSection& section, std::span<std::uint8_t> into);
    bool mend(const LocatedSection& section, std::span<std::uint8_t> bytes, std::uint32_t checksum);
    const LocatedSection* find(SectionKind kind, ObjectIndex object, FieldIndex field = FieldIndex{0}) const;
    void keep(const LocatedSection& section);
    void lose(const LocatedSection& section) {
        spoil();
        keep(section);
    }
    void spoil() {
        faulty_ = true;
        out_.is_whole = false;
    }

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
           (crc32c(into.data(), into.size()) == checksum || mend(section, into, checksum));
}

// What was there is kept even so: it may have been more than one byte.
bool Reader::mend(const LocatedSection& section, std::span<std::uint8_t> bytes, std::uint32_t checksum) {
    if (mode_ == SnapshotRead::Strict || !mend_flipped_byte(bytes, checksum)) return false;
    keep(section);
    return true;
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

void Reader::keep(const LocatedSection& section) {
    faulty_ = true;
    if (mode_ == SnapshotRead::Strict || section.offset >= source_.size()) return;
    Bytes bytes(static_cast<std::size_t>(std::min(section.head.bytes, source_.size() - section.offset)));
    if (source_.read(section.offset, bytes)) out_.damaged.push_back(std::move(bytes));
}

// The directory, mended or from the spare if need be.
bool Reader::read_sections(const Header& header, std::vector<Section>& directory) {
    const std::span<std::uint8_t> bytes(reinterpret_cast<std::uint8_t*>(directory.data()), directory.size() * sizeof(Section));
    const auto read = [&](std::uint64_t offset) { return source_.read(offset, bytes) && crc32c(bytes.data(), bytes.size()) == header.directory_checksum; };
    if (read(sizeof header)) return true;
    faulty_ = true;
    if (mode_ == SnapshotRead::Strict) return false;
    return (source_.read(sizeof header, bytes) && mend_flipped_byte(bytes, header.directory_checksum)) ||
           read(spare_header_at(source_) - std::min<std::uint64_t>(spare_header_at(source_), bytes.size()));
}

Status Reader::read_directory(const Header& header) {
    constexpr std::uint64_t total_bytes_max = std::uint64_t{1} << 50;  // sums of sizes stay in range
    const std::uint64_t bytes = std::uint64_t{header.section_count} * sizeof(Section);
    const bool is_cut = header.total_bytes > source_.size();
    if (is_cut && (mode_ == SnapshotRead::Strict || header.total_bytes > total_bytes_max)) return damaged("length");
    if (bytes > std::min(header.total_bytes, source_.size())) return damaged("length");
    std::vector<Section> directory(header.section_count);
    if (!read_sections(header, directory)) return damaged("directory");
    std::uint64_t offset = sizeof header + bytes;
    for (const Section& section : directory) {
        if (section.bytes > header.total_bytes) return damaged("directory");
        sections_.push_back({section, offset});
        offset += padded(section.bytes) + section_tail_bytes;
        if (offset > header.total_bytes) return damaged("directory");
        if (offset <= source_.size()) continue;
        lose(sections_.back());
        sections_.pop_back();
    }
    for (const LocatedSection& section : sections_)
        by_place_.try_emplace(place_of(section.head.kind, section.head.object, section.head.field), &section);
    return {};
}

bool Reader::read_definition(const Json& item, std::vector<bool>& seen) {
    auto object = object_from_json(item);
    if (!object || number(object->index) >= object_end || seen[number(object->index)]) return false;
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
    seen[number(object->index)] = true;
    out_.records.mutable_schema().put_object(*std::move(object));
    return true;
}

bool Reader::read_definitions(const Json& json) {
    const Json* objects = json.find("objects");
    const std::int64_t limit = json.integer_or("objectLimit", 0);
    if (!objects || !objects->is_array() || limit < 0 || limit > object_end) return false;
    Schema& schema = out_.records.mutable_schema();
    std::vector<bool> seen(object_end);
    for (const Json& item : objects->items())
        if (!read_definition(item, seen)) return false;
    if (limit > schema.object_limit()) {
        Object last;
        last.index = ObjectIndex{static_cast<std::uint16_t>(limit - 1)};
        schema.put_object(last);
        schema.remove_object(last.index);
    }
    return true;
}

bool Reader::read_schema_text(std::string_view text) {
    const auto json = parse_json(text);
    return json && read_definitions(*json);
}

// Of damaged definitions those objects that can be read by themselves; each ends with its count of fields.
void Reader::read_what_is_left(std::string_view text) {
    constexpr std::string_view begin = R"({"index":)", last_member = R"("fieldCount":)";
    std::vector<bool> seen(object_end);
    for (std::size_t at = text.find(begin); at < text.size();) {
        const std::size_t end = text.find('}', text.find(last_member, at));
        if (end == text.npos) break;
        if (const auto json = parse_json(text.substr(at, end + 1 - at))) read_definition(*json, seen);
        at = text.find(begin, end);
    }
}

Status Reader::read_schema() {
    const LocatedSection* section = find(SectionKind::Schema, no_object);
    const LocatedSection* spare = find(SectionKind::Spare, no_object);
    std::string text, again;
    if (!section || !read_text(*section, text) || !read_schema_text(text)) {
        if (mode_ == SnapshotRead::Strict) return damaged("schema");
        const bool is_there = section && spare && read_text(*spare, again) && again.size() > section->head.bytes &&
                              read_schema_text(std::string_view(again).substr(0, static_cast<std::size_t>(section->head.bytes)));
        if (!is_there) read_what_is_left(text);
        if (section && is_there) keep(*section);
        else if (section) lose(*section);
    }
    add_standard_objects(out_.records.mutable_schema());
    out_.records.sync_tables_with_schema();
    return {};
}

bool Reader::read_ids(ObjectIndex object, const LocatedSection& section, std::uint64_t rows, RowIds& ids) {
    std::vector<RowIds::Run> runs;
    if (!read_values(section, runs)) return false;
    for (const RowIds::Run& run : runs) {
        const std::uint64_t counter = run.first_id & ((std::uint64_t{1} << RecordId::counter_bits) - 1);
        if (RecordId{run.first_id}.object() != object || counter + run.count > std::uint64_t{1} << RecordId::counter_bits) return false;
    }
    return ids.assign(std::move(runs)) && ids.size() == rows;
}

Status Reader::read_table(ObjectIndex object) {
    const LocatedSection* at_ids = find(SectionKind::Ids, object);
    const LocatedSection* at_states = find(SectionKind::States, object);
    if (!at_ids && !at_states) return {};
    RowIds ids;
    std::vector<std::uint8_t> bytes;
    const auto bad_state = [](std::uint8_t state) { return state > static_cast<std::uint8_t>(RowState::Removed); };
    const bool has_states = at_states && read_values(*at_states, bytes) && std::none_of(bytes.begin(), bytes.end(), bad_state);
    const bool has_ids = at_states && at_ids && read_ids(object, *at_ids, at_states->head.bytes, ids);
    if (!has_states || !has_ids) {
        if (mode_ == SnapshotRead::Strict) return damaged("object " + std::to_string(number(object)));
        if (at_states && !has_states) lose(*at_states);
        if (at_ids && !has_ids) lose(*at_ids);
    }
    if (!has_states) std::ranges::fill(bytes, static_cast<std::uint8_t>(RowState::Live));
    if (!has_ids) {  // those of a salt that no device draws; without a list of rows there are no columns either
        if (bytes.empty() || bytes.size() > std::size_t{1} << RecordId::counter_bits) return {};
        ids = {};
        ids.append(RecordId::make(object, 0, 0), static_cast<std::uint32_t>(bytes.size()));
    }

    Schema& schema = out_.records.mutable_schema();
    if (!out_.records.has_table(object)) {  // its definition was undone, its rows are still there for a redo
        Object definition;
        definition.index = object;
        schema.put_object(std::move(definition));
        out_.records.sync_tables_with_schema();
        schema.remove_object(object);
    }
    Table& table = out_.records.mutable_table(object);
    table.mutable_ids() = std::move(ids);
    std::vector<RowState>& row_states = table.mutable_states();
    row_states.resize(bytes.size());
    std::transform(bytes.begin(), bytes.end(), row_states.begin(),
                   [](std::uint8_t state) { return static_cast<RowState>(state); });
    read_columns(table);
    table.recount_live();
    return {};
}

void Reader::read_columns(Table& table) {
    Schema& schema = out_.records.mutable_schema();
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
        // A definition that was lost: its number stays taken.
        if (mode_ == SnapshotRead::Salvage && schema.knows_object(table.object()) && section.head.field >= schema.object(table.object()).fields.size())
            schema.remove_field(table.object(), field);
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
    if (good && (text_check_ == TextCheck::Utf8 || mode_ == SnapshotRead::Salvage)) {
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
            spoil();
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
                spoil();
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
    const auto found = read_header(source_);
    if (!found) return damaged("header");
    const Header& header = found->header;
    if (header.format > snapshot_format) return fail(ErrorCode::StorageFailure, "error.storage.newer_format");
    faulty_ = !found->is_sound;
    out_.head = {header.sequence, header.stamp, header.id_salt};
    OUTPOST_CHECK(read_directory(header));
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
        keep(section);
    }
    if (faulty_ && mode_ == SnapshotRead::Strict) return damaged("section");
    return std::move(out_);
}

}  // namespace

SnapshotPeek peek_snapshot(ByteSource& source) {
    const auto found = read_header(source);
    if (!found) return {};
    const Header& header = found->header;
    const bool is_whole = found->is_sound && header.total_bytes <= source.size();
    const SnapshotState state = header.format > snapshot_format ? SnapshotState::NewerFormat : is_whole ? SnapshotState::Whole : SnapshotState::Damaged;
    return {state, {header.sequence, header.stamp, header.id_salt}};
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
