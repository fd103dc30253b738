#include "core/query/candidates.h"

#include <algorithm>

#include "core/query/filter.h"
#include "core/query/paths.h"

namespace outpost {

namespace {

using Rows = std::vector<RowIndex>;

// Of a table an index must leave at most this share for it to pay.
constexpr RowIndex share_min = 4;
constexpr RowIndex rows_min = 512;   // a smaller table is looked at in no time

// Letters that only ASCII text equals when cases are folded: k, s and f have other characters that fold to them (the
// Kelvin sign, the long s, the ligatures), which the index, by ASCII case alone, would miss.
bool folds_to_itself(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        return static_cast<unsigned char>(c) < 0x80 && lower != 'k' && lower != 's' && lower != 'f';
    });
}

class Finder {
public:
    Finder(ObjectIndex object, const Records& records, const QueryContext& context)
        : object_(object), records_(records), context_(context), most_(records.table(object).row_count() / share_min) {}

    std::optional<Rows> find(const Condition& condition) const {
        if (condition.kind == Condition::Kind::And) {
            std::optional<Rows> best;
            for (const Condition& child : condition.children) {
                std::optional<Rows> found = find(child);
                if (found && (!best || found->size() < best->size())) best = std::move(found);
            }
            return best;
        }
        const bool equality = condition.kind == Condition::Kind::Compare && (condition.comparison == Comparison::Equal || condition.comparison == Comparison::In);
        if (!equality || condition.subquery || condition.term.date_function != DateFunction::None || condition.literals.empty()) return std::nullopt;
        const FieldPath& path = condition.term.path;
        if (!path.lookups.empty()) return through_lookup(condition, path.lookups.front());
        const Object& object = records_.schema().object(object_);
        if (!object.has_field(path.field)) return std::nullopt;
        const Field& field = object.field(path.field);
        if (field.type == FieldType::Id || field.is_lookup()) return of_records(condition, field);
        const bool indexed = (field.unique || field.external_id) && field.column_kind() == ColumnKind::Text && value_kind(field) == ValueKind::Text;
        return indexed ? of_texts(condition, field) : std::nullopt;
    }

private:
    std::optional<Rows> of_texts(const Condition& condition, const Field& field) const {
        Rows rows;
        for (const Literal& literal : condition.literals) {
            const auto* text = std::get_if<std::string>(&literal.value);
            if (text == nullptr || !folds_to_itself(*text)) return std::nullopt;
            const Rows found = records_.find_equal(object_, field.index, *text, Records::Match::IgnoreAsciiCase);
            rows.insert(rows.end(), found.begin(), found.end());
        }
        return in_order(std::move(rows));
    }

    // The record itself, or the children of the named ones.
    std::optional<Rows> of_records(const Condition& condition, const Field& field) const {
        Rows rows;
        for (const Literal& literal : condition.literals) {
            std::optional<RecordRef> record;
            if (const auto* ref = std::get_if<RecordRef>(&literal.value)) record = *ref;
            if (const auto* text = std::get_if<std::string>(&literal.value)) {
                const std::optional<RecordId> id = parse_record_id(*text);
                if (!id) return std::nullopt;
                record = records_.find(*id);
                if (!record) continue;
            }
            if (!record || !*record) return std::nullopt;
            if (field.type != FieldType::Id) {
                if (!add_children(field, *record, rows)) return std::nullopt;
            } else if (record->object == object_) {
                rows.push_back(record->row);
            }
        }
        return in_order(std::move(rows));
    }

    // Owner.Name = 'Ann': the owners that match, then their records.
    std::optional<Rows> through_lookup(const Condition& condition, FieldIndex lookup) const {
        const Field& field = records_.schema().object(object_).field(lookup);
        if (field.reference_to.size() != 1 || !records_.has_table(field.reference_to.front())) return std::nullopt;
        const ObjectIndex target = field.reference_to.front();
        if (records_.table(target).row_count() > most_ || !records_.children_pay(object_, lookup)) return std::nullopt;
        Condition rest = condition;
        FieldPath& path = rest.term.path;
        path.lookups.erase(path.lookups.begin());
        path.text.erase(0, path.text.find('.') + 1);
        const Result<FilterPointer> parent = compile_filter(rest, target, records_, context_);
        if (!parent || (*parent)->matches_null()) return std::nullopt;
        const std::vector<std::uint8_t> wanted = matching_bytes(**parent, records_.table(target).row_count());
        Rows rows;
        for (RowIndex row = 0; row < wanted.size(); ++row)
            if (wanted[row] && !add_children(field, {target, row}, rows)) return std::nullopt;
        return in_order(std::move(rows));
    }

    bool add_children(const Field& field, RecordRef target, Rows& rows) const {
        if (field.reference_to.size() != 1 || !records_.children_pay(object_, field.index)) return false;
        const std::span<const RowIndex> children = records_.children(object_, field.index, target);
        if (rows.size() + children.size() > most_) return false;
        rows.insert(rows.end(), children.begin(), children.end());
        return true;
    }

    std::optional<Rows> in_order(Rows rows) const {
        if (rows.size() > most_) return std::nullopt;
        if (!std::is_sorted(rows.begin(), rows.end())) std::sort(rows.begin(), rows.end());
        rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
        return rows;
    }

    ObjectIndex object_;
    const Records& records_;
    const QueryContext& context_;
    RowIndex most_;
};

}  // namespace

std::optional<std::vector<RowIndex>> candidate_rows(const Condition& where, ObjectIndex object, const Records& records, const QueryContext& context) {
    if (!records.has_table(object) || records.table(object).row_count() < rows_min) return std::nullopt;
    return Finder(object, records, context).find(where);
}

}  // namespace outpost
