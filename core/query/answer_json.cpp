// run_to_json: the scripting contract's answer. Parents are nested objects, child queries nested answers.
#include <algorithm>
#include <memory>

#include "core/base/text.h"
#include "core/query/filter.h"
#include "core/query/group_condition.h"
#include "core/query/json_cells.h"
#include "core/query/sort.h"

namespace outpost {

namespace {

class RecordWriter;

// A query within SELECT, compiled once and asked for each parent.
class ChildWriter {
public:
    ChildWriter(const Query& query, const Records& records, const QueryContext& context, FilterPointer filter, std::unique_ptr<RecordWriter> writer);
    ~ChildWriter();
    void append(std::string& out, RecordRef parent) const;

private:
    const Query& query_;
    const Records& records_;
    const QueryContext& context_;
    FilterPointer filter_;
    std::unique_ptr<RecordWriter> writer_;
};

// Writes records of one object: its own fields, and those reached over its lookups as nested objects.
class RecordWriter {
public:
    // A select term with the part of its path from this object on.
    struct Wanted {
        const SelectTerm* select;
        FieldPath path;
        const ForTypes* types = nullptr;  // TYPEOF: for which records the path's first lookup leads on
    };
    static Wanted wanted_of(const SelectTerm& select) { return {&select, select.term.path, select.for_types ? &*select.for_types : nullptr}; }
    RecordWriter(std::vector<Wanted> wanted, ObjectIndex object, const Records& records, const QueryContext& context)
        : object_(object), records_(records) {
        const Object& definition = records.schema().object(object);
        start_ = "{\"attributes\":{\"type\":";
        append_json_string(start_, definition.name);
        start_ += '}';
        std::vector<std::string> written;
        for (const Wanted& one : wanted) {
            const std::string& alias = one.select->term.alias;
            const std::string name = !one.path.lookups.empty() ? one.path.text.substr(0, one.path.text.find('.')) : alias.empty() ? std::string(last_segment(one.path.text)) : alias;
            if (std::any_of(written.begin(), written.end(), [&](const std::string& other) { return equals_ignoring_ascii_case(other, name); })) continue;
            written.push_back(name);
            Member member;
            member.key = ",";
            append_json_string(member.key, name);
            member.key += ':';
            if (one.path.lookups.empty()) {
                add_cell(member, one, definition, context);
            } else {
                add_parent(member, one, wanted, definition, context);
            }
            members_.push_back(std::move(member));
        }
    }

    void add_child(const std::string& name, std::unique_ptr<ChildWriter> child) {
        Member member;
        member.key = ",";
        append_json_string(member.key, name);
        member.key += ':';
        member.child = std::move(child);
        members_.push_back(std::move(member));
    }

    void append(std::string& out, RowIndex row) const {
        out += start_;
        for (const Member& member : members_) {
            out += member.key;
            if (member.cell) {
                member.cell->append(out, row);
            } else if (member.child) {
                member.child->append(out, {object_, row});
            } else {
                append_parent(out, member, row);
            }
        }
        out += '}';
    }

private:
    struct Member {
        std::string key;                                        // ,"Name":
        std::unique_ptr<JsonCell> cell;
        std::unique_ptr<ChildWriter> child;
        const Column* lookup = nullptr;                         // parents: one writer a target object
        std::vector<std::unique_ptr<RecordWriter>> parents;
    };

    void add_cell(Member& member, const Wanted& one, const Object& definition, const QueryContext& context) {
        const Field* field = one.path.field == object_name_field ? nullptr : definition.find_field(last_segment(one.path.text));
        if (field == nullptr && one.path.field != object_name_field && definition.has_field(one.path.field)) field = &definition.field(one.path.field);
        member.cell = std::make_unique<JsonCell>(one.select->term, object_, field, records_, context);
    }

    void add_parent(Member& member, const Wanted& one, const std::vector<Wanted>& wanted, const Object& definition, const QueryContext& context) {
        const FieldIndex lookup = one.path.lookups.front();
        const Field& field = definition.field(lookup);
        member.lookup = &column_of(records_, object_, lookup);
        for (const ObjectIndex target : field.reference_to) {
            if (!records_.schema().has_object(target)) continue;
            const Object& parent = records_.schema().object(target);
            std::vector<Wanted> of_parent;
            for (const Wanted& other : wanted) {
                if (other.path.lookups.empty() || other.path.lookups.front() != lookup) continue;
                Wanted rest = other;
                rest.types = nullptr;
                rest.path.lookups.erase(rest.path.lookups.begin());
                rest.path.text.erase(0, rest.path.text.find('.') + 1);
                // A field that one of several kinds of parent lacks is left out for that one.
                const bool known = !rest.path.lookups.empty() || rest.path.field == object_name_field || field.reference_to.size() == 1 ||
                                   parent.find_field(last_segment(rest.path.text)) != nullptr;
                const ForTypes* types = other.types;
                const bool wanted_here = !types || std::find(types->objects.begin(), types->objects.end(), target) != types->objects.end();
                if (known && wanted_here) of_parent.push_back(std::move(rest));
            }
            // A kind of record that no branch of TYPEOF gives a field for is null.
            if (of_parent.empty() && one.types) continue;
            member.parents.push_back(std::make_unique<RecordWriter>(std::move(of_parent), target, records_, context));
        }
    }

    void append_parent(std::string& out, const Member& member, RowIndex row) const {
        RecordRef ref;
        if (member.lookup->kind() == ColumnKind::Ref) ref = member.lookup->refs()[row];
        if (member.lookup->kind() == ColumnKind::Row && !member.parents.empty()) ref = {member.parents.front()->object_, member.lookup->rows()[row]};
        for (const std::unique_ptr<RecordWriter>& parent : member.parents) {
            if (!ref || parent->object_ != ref.object || ref.row >= row_count(records_, ref.object)) continue;
            parent->append(out, ref.row);
            return;
        }
        out += "null";
    }

    ObjectIndex object_;
    const Records& records_;
    std::string start_;
    std::vector<Member> members_;
};

Result<std::unique_ptr<RecordWriter>> make_writer(const Query& query, const Records& records, const QueryContext& context) {
    std::vector<RecordWriter::Wanted> wanted;
    for (const SelectTerm& select : query.select) {
        if (!select.subquery) wanted.push_back(RecordWriter::wanted_of(select));
    }
    auto writer = std::make_unique<RecordWriter>(std::move(wanted), query.object, records, context);
    for (const SelectTerm& select : query.select) {
        if (!select.subquery) continue;
        FilterPointer filter;
        if (select.subquery->where) {
            OUTPOST_TRY(filter, compile_filter(*select.subquery->where, select.subquery->object, records, context));
        }
        OUTPOST_TRY(std::unique_ptr<RecordWriter> rows, make_writer(*select.subquery, records, context));
        writer->add_child(select.subquery->from, std::make_unique<ChildWriter>(*select.subquery, records, context, std::move(filter), std::move(rows)));
    }
    return writer;
}

ChildWriter::ChildWriter(const Query& query, const Records& records, const QueryContext& context, FilterPointer filter,
                         std::unique_ptr<RecordWriter> writer)
    : query_(query), records_(records), context_(context), filter_(std::move(filter)), writer_(std::move(writer)) {}
ChildWriter::~ChildWriter() = default;

void ChildWriter::append(std::string& out, RecordRef parent) const {
    std::vector<RowIndex> rows;
    for (const RowIndex row : records_.children(query_.object, query_.child_lookup, parent)) {
        if (filter_ == nullptr || filter_->matches(row)) rows.push_back(row);
    }
    const auto count = static_cast<std::uint32_t>(rows.size());
    const std::uint32_t first = std::min(query_.offset, count);
    const std::uint32_t end = first + std::min(query_.limit.value_or(count), count - first);
    std::vector<std::vector<std::uint64_t>> keys;
    for (const OrderTerm& order : query_.order_by) keys.push_back(sort_keys(order, query_.object, rows, records_, context_));
    const std::vector<std::uint32_t> positions = sorted_positions(keys, count, end);
    out += "{\"totalSize\":" + std::to_string(end - first) + ",\"done\":true,\"records\":[";
    for (std::uint32_t i = first; i < end; ++i) {
        if (i > first) out += ',';
        writer_->append(out, rows[positions[i]]);
    }
    out += "]}";
}

std::string answer_start(std::size_t size, std::size_t matched) {
    return "{\"totalSize\":" + std::to_string(size) + ",\"done\":true,\"totalMatched\":" + std::to_string(matched) + ",\"records\":[";
}

Result<std::string> aggregate_to_json(const Query& query, const Records& records, const QueryContext& context) {
    OUTPOST_TRY(const AggregateAnswer answer, run_aggregate(query, records, context));
    std::string out = answer_start(answer.size(), answer.total);
    std::vector<std::string> keys;
    for (const AggregateColumn& column : answer.columns) {
        std::string& key = keys.emplace_back(",");
        append_json_string(key, column.name);
        key += ':';
    }
    for (std::size_t group = 0; group < answer.size(); ++group) {
        out += group == 0 ? "{\"attributes\":{\"type\":\"AggregateResult\"}" : ",{\"attributes\":{\"type\":\"AggregateResult\"}";
        for (std::size_t i = 0; i < keys.size(); ++i) {
            out += keys[i];
            append_json_value(out, answer.value(group, i), records);
        }
        out += '}';
    }
    out += "]}";
    return out;
}

}  // namespace

bool is_count_only(const Query& query) {
    return query.select.size() == 1 && !query.select[0].subquery && query.select[0].term.count_all && query.select[0].term.alias.empty() && query.group_by.empty();
}

Result<std::string> run_to_json(const Query& query, const Records& records, const QueryContext& context) {
    if (is_count_only(query)) {
        OUTPOST_TRY(const std::uint32_t total, run_count(query, records, context));
        const std::uint32_t cut = total - std::min(total, query.offset);
        return "{\"totalSize\":" + std::to_string(std::min(query.limit.value_or(cut), cut)) + ",\"done\":true,\"totalMatched\":" + std::to_string(total) + ",\"records\":[]}";
    }
    if (is_aggregate(query)) return aggregate_to_json(query, records, context);
    OUTPOST_TRY(const RowSelection selection, select_rows(query, records, context));
    OUTPOST_TRY(const std::unique_ptr<RecordWriter> writer, make_writer(query, records, context));
    std::string out = answer_start(selection.rows.size(), selection.total);
    for (std::size_t i = 0; i < selection.rows.size(); ++i) {
        if (i > 0) out += ',';
        writer->append(out, selection.rows[i]);
        // The first record tells about how long the rest will be; one with a very long text is not taken at its word.
        constexpr std::uint64_t reserved_bytes_max = 8u << 20;
        if (i == 0) out.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(std::uint64_t{out.size()} * selection.rows.size(), reserved_bytes_max)) + 64);
    }
    out += "]}";
    return out;
}

}  // namespace outpost
