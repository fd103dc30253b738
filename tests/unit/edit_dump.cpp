// Shared by the edit tests: states as text, and the naive recomputation that derived data is compared with.
#include "core/edit/derived.h"
#include "core/objects/field_text.h"
#include "tests/support/edit_fixture.h"

namespace outpost::testing {

namespace so = standard_object;

std::string dump_records(const Records& records) {
    std::string out;
    const Schema& schema = records.schema();
    for (const ObjectIndex index : schema.objects()) {
        const Object& object = schema.object(index);
        out += "# " + object.name + " " + object.label + "\n";
        for (const Field& field : object.fields)
            if (!field.deleted) out += to_json(field, schema).dump() + "\n";
        const Table& table = records.table(index);
        for (RowIndex row = 0; row < table.row_count(); ++row) {
            if (table.state(row) == RowState::Absent) continue;
            out += std::to_string(row) + (is_in_bin(table.state(row)) ? " (deleted)" : "") + ":";
            for (const Field& field : object.fields) {
                const std::string text = field.deleted ? std::string() : records.value_text({index, row}, field.index);
                if (!text.empty()) out += " " + field.name + "=" + text;
            }
            out += "\n";
        }
    }
    return out;
}

std::string first_difference(const std::string& a, const std::string& b) {
    if (a == b) return {};
    std::size_t at = 0;
    while (at < a.size() && at < b.size() && a[at] == b[at]) ++at;
    const std::size_t start = a.rfind('\n', at == 0 ? 0 : at - 1) + 1;
    return a.substr(start, a.find('\n', at) - start) + " | " + (start < b.size() ? b.substr(start, b.find('\n', at) - start) : "");
}

namespace {

std::string check_opportunity(const Records& records, RowIndex row) {
    const RecordRef record{so::opportunity, row};
    const Object& object = records.schema().object(so::opportunity);
    const Field& stage = object.field(opportunity_field::stage);
    const auto code = stage.find_code(records.value_text(record, opportunity_field::stage));
    const bool closed = code != 0 && stage.values[code - 1u].closed;
    const bool won = code != 0 && stage.values[code - 1u].won;
    if (records.value_text(record, opportunity_field::is_closed) != (closed ? "true" : "false")) return "IsClosed";
    if (records.value_text(record, opportunity_field::is_won) != (won ? "true" : "false")) return "IsWon";
    const Value amount = records.value(record, opportunity_field::amount);
    const Value percent = records.value(record, opportunity_field::probability);
    std::string expected;
    if (!is_null(amount) && !is_null(percent)) {
        // Cents times whole percents: ten-thousandths, exact.
        expected = to_text_trimmed(Decimal{std::get<Decimal>(amount).units * std::get<Decimal>(percent).units, 4});
    }
    return records.value_text(record, opportunity_field::expected_revenue) == expected ? "" : "ExpectedRevenue";
}

}  // namespace

std::string check_derived(const Records& records) {
    std::string faults;
    for (const ObjectIndex index : records.schema().objects()) {
        const Object& object = records.schema().object(index);
        const Table& table = records.table(index);
        RowIndex live = 0;
        for (RowIndex row = 0; row < table.row_count(); ++row) {
            live += table.is_live(row);
            if (table.ids().find(table.ids().id_of(row)) != row) faults += object.name + " id\n";
            if (index == so::opportunity) {
                const std::string fault = check_opportunity(records, row);
                if (!fault.empty()) faults += object.name + " " + std::to_string(row) + " " + fault + "\n";
            }
            const auto [first, last] = person_name_fields(index);
            if (first != no_field && records.text({index, row}, system_field::name) !=
                                         compose_person_name(records.text({index, row}, first), records.text({index, row}, last)))
                faults += object.name + " Name\n";
        }
        if (live != table.live_count()) faults += object.name + " live count\n";
        for (const Field& field : object.fields) {
            if (field.deleted) continue;
            if (field.is_lookup()) {
                for (const ObjectIndex target : field.reference_to)
                    for (RowIndex at = 0; at < records.table(target).row_count(); ++at) {
                        std::vector<RowIndex> naive;
                        for (RowIndex row = 0; row < table.row_count(); ++row)
                            if (table.is_live(row) && table.column(field.index).get(row, field) == Value(RecordRef{target, at})) naive.push_back(row);
                        const auto found = records.children(index, field.index, {target, at});
                        if (!std::equal(naive.begin(), naive.end(), found.begin(), found.end())) faults += object.name + "." + field.name + " children\n";
                    }
            } else if (field.index == object.name_field || field.unique || field.external_id) {
                for (RowIndex row = 0; row < table.row_count(); ++row) {
                    const std::string text = records.value_text({index, row}, field.index);
                    if (text.empty()) continue;
                    std::vector<RowIndex> naive;
                    for (RowIndex other = 0; other < table.row_count(); ++other)
                        if (table.is_live(other) && records.value_text({index, other}, field.index) == text) naive.push_back(other);
                    if (records.find_equal(index, field.index, text) != naive) faults += object.name + "." + field.name + " find_equal " + text + "\n";
                }
            }
        }
    }
    return faults;
}

}  // namespace outpost::testing
