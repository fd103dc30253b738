// Conditions to filters: paths over lookups, lists, record sets. Single columns are in filter_columns.cpp.
#include <algorithm>
#include <utility>

#include "core/query/filter_columns.h"

namespace outpost {

namespace {

// The path from the first lookup's target on.
FieldPath rest_of(const FieldPath& path) {
    FieldPath rest = path;
    rest.lookups.erase(rest.lookups.begin());
    const std::size_t dot = rest.text.find('.');
    if (dot != std::string::npos) rest.text.erase(0, dot + 1);
    return rest;
}

class Compiler {
public:
    Compiler(const Records& records, const QueryContext& context) : records_(records), schema_(records.schema()), context_(context) {}

    Result<FilterPointer> compile(const Condition& condition, ObjectIndex object) {
        switch (condition.kind) {
            case Condition::Kind::And:
            case Condition::Kind::Or: return compile_list(condition, object);
            case Condition::Kind::Not: {
                if (condition.children.empty()) return make_constant(true);
                OUTPOST_TRY(FilterPointer inner, compile(condition.children[0], object));
                return make_not(std::move(inner));
            }
            case Condition::Kind::TextContains: return compile_contains(condition, object);
            case Condition::Kind::Compare: break;
        }
        ComparisonTest test{condition, {}, context_, records_};
        if (condition.subquery) {
            OUTPOST_TRY(test.record_set, run_semi_join(*condition.subquery, records_, context_));
        }
        return compile_path(test, condition.term.path, object);
    }

private:
    Result<FilterPointer> compile_list(const Condition& condition, ObjectIndex object) {
        const bool all = condition.kind == Condition::Kind::And;
        std::vector<FilterPointer> filters;
        for (const Condition& child : condition.children) {
            OUTPOST_TRY(FilterPointer filter, compile(child, object));
            filters.push_back(std::move(filter));
        }
        if (filters.empty()) return make_constant(all);
        return all ? make_and(std::move(filters)) : make_or(std::move(filters));
    }

    Result<FilterPointer> compile_contains(const Condition& condition, ObjectIndex object) {
        if (condition.needle.empty()) return make_constant(true);
        std::vector<FilterPointer> filters;
        for (const FieldPath& path : condition.paths) {
            ComparisonTest test{condition, {}, context_, records_};
            FieldPath named = path;
            // A lookup itself is searched by its record's name.
            const PathEnd end = end_of_path(path, object, schema_);
            if (end.field != nullptr && end.field->is_lookup() && !end.polymorphic) {
                named.lookups.push_back(path.field);
                named.text = path.text + ".Name";
                if (end.field->reference_to.empty()) continue;
                named.field = schema_.object(end.field->reference_to.front()).name_field;
            }
            OUTPOST_TRY(FilterPointer filter, compile_path(test, named, object));
            filters.push_back(std::move(filter));
        }
        if (filters.empty()) return make_constant(false);
        return make_or(std::move(filters));
    }

    Result<FilterPointer> compile_path(const ComparisonTest& test, const FieldPath& path, ObjectIndex object) {
        if (path.lookups.empty()) return compile_column(test, path.field, object);
        const Field& lookup = schema_.object(object).field(path.lookups.front());
        const Column& column = column_of(records_, object, lookup.index);
        const FieldPath rest = rest_of(path);
        if (column.kind() == ColumnKind::Ref) return compile_refs(test, rest, lookup, column);
        if (column.kind() != ColumnKind::Row || lookup.reference_to.empty()) return make_constant(null_answer(test));
        const ObjectIndex target = lookup.reference_to.front();
        if (rest.field == object_name_field && rest.lookups.empty()) {
            const bool matches = matches_text(test, type_text(schema_.object(target)));
            return make_rows(column.rows(), std::vector<std::uint8_t>(row_count(records_, target), matches ? 1 : 0), null_answer(test));
        }
        OUTPOST_TRY(FilterPointer parent, compile_path(test, rest, target));
        const RowIndex parents = row_count(records_, target);
        if (parents > 4 * column.size() + 1024) return make_through_rows(column.rows(), std::shared_ptr<Filter>(std::move(parent)));
        return make_rows(column.rows(), matching_bytes(*parent, parents), parent->matches_null());
    }

    Result<FilterPointer> compile_refs(const ComparisonTest& test, const FieldPath& rest, const Field& lookup, const Column& column) {
        std::vector<std::pair<ObjectIndex, std::vector<std::uint8_t>>> wanted;
        const bool on_null = null_answer(test);
        for (const ObjectIndex target : lookup.reference_to) {
            if (!schema_.has_object(target)) continue;
            const RowIndex rows = row_count(records_, target);
            if (rest.field == object_name_field && rest.lookups.empty()) {
                const bool matches = matches_text(test, type_text(schema_.object(target)));
                wanted.emplace_back(target, std::vector<std::uint8_t>(rows, matches ? 1 : 0));
                continue;
            }
            const Field* field = schema_.object(target).find_field(last_segment(rest.text));
            if (field == nullptr && rest.field == schema_.object(target).name_field) field = &schema_.object(target).field(rest.field);
            if (field == nullptr) {
                wanted.emplace_back(target, std::vector<std::uint8_t>(rows, on_null ? 1 : 0));
                continue;
            }
            OUTPOST_TRY(FilterPointer filter, compile_column(test, field->index, target));
            wanted.emplace_back(target, matching_bytes(*filter, rows));
        }
        return make_refs(column.refs(), std::move(wanted), on_null);
    }

    const Records& records_;
    const Schema& schema_;
    const QueryContext& context_;
};

}  // namespace

Result<FilterPointer> compile_filter(const Condition& condition, ObjectIndex object, const Records& records, const QueryContext& context) {
    return Compiler(records, context).compile(condition, object);
}

Result<RecordSet> run_semi_join(const Query& query, const Records& records, const QueryContext& context) {
    OUTPOST_TRY(const RowSelection selection, select_rows(query, records, context));
    const Access access(query.select.front().term.path, query.object, records);
    RecordSet set;
    for (const RowIndex row : selection.rows) {
        const RecordRef holder = access.holder(row);
        if (!holder || access.field() == nullptr) continue;
        if (access.field()->type == FieldType::Id) {
            set.add(holder, row_count(records, holder.object));
            continue;
        }
        const Column& column = access.column();
        if (column.kind() == ColumnKind::Row && !access.field()->reference_to.empty()) {
            const ObjectIndex target = access.field()->reference_to.front();
            set.add({target, column.rows()[holder.row]}, row_count(records, target));
        } else if (column.kind() == ColumnKind::Ref) {
            const RecordRef ref = column.refs()[holder.row];
            set.add(ref, row_count(records, ref.object));
        }
    }
    return set;
}

void RecordSet::add(RecordRef record, RowIndex rows) {
    if (!record || record.row >= rows) return;
    auto found = std::find_if(objects.begin(), objects.end(), [&](const auto& entry) { return entry.first == record.object; });
    if (found == objects.end()) {
        objects.emplace_back(record.object, std::vector<std::uint8_t>(rows, 0));
        found = objects.end() - 1;
    }
    found->second[record.row] = 1;
}

std::vector<std::uint8_t> RecordSet::rows_of(ObjectIndex object, RowIndex rows) const {
    for (const auto& [own, wanted] : objects) {
        if (own == object) return wanted;
    }
    return std::vector<std::uint8_t>(rows, 0);
}

}  // namespace outpost
