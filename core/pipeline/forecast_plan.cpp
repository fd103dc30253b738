#include "core/objects/standard.h"
#include "core/pipeline/forecast.h"

namespace outpost {

namespace {

namespace so = standard_object;

constexpr std::string_view kind_names[] = {"Month", "Quarter"};
// By ForecastColumn; what is closed is closed and can't be adjusted.
constexpr std::string_view item_names[] = {"", "CommitForecast", "BestCaseForecast", "OpenPipeline"};

// Live records of the user that begin in the period and are of that kind (and, with a field given, hold the code there).
std::vector<RowIndex> given_rows(const Table& table, FieldIndex owner, FieldIndex start, FieldIndex kind_field, RecordRef user, ForecastPeriodKind kind,
                                 DayRange period, FieldIndex code_field = no_field, std::uint16_t code = 0) {
    std::vector<RowIndex> rows;
    for (RowIndex row = 0; row < table.row_count(); ++row) {
        const Days day = table.column(start).days()[row];
        const bool is_quarter = table.column(kind_field).codes()[row] == 2;
        if (!table.is_live(row) || table.column(owner).rows()[row] != user.row || day < period.first || day >= period.end) continue;
        if (is_quarter != (kind == ForecastPeriodKind::Quarter) || (code_field != no_field && table.column(code_field).codes()[row] != code)) continue;
        rows.push_back(row);
    }
    return rows;
}

// One record holds the value; others for the same thing would be added to it or hide it, so they go.
std::optional<Command> plan(const Records& records, ObjectIndex object, std::vector<RowIndex> rows, bool is_set, std::vector<FieldValue> values,
                            std::vector<FieldValue> keys) {
    if (!is_set) return rows.empty() ? std::nullopt : std::optional<Command>(DeleteRecords{object, std::move(rows)});
    if (rows.size() == 1) return UpdateRecord{{object, rows[0]}, std::move(values)};
    std::vector<FieldValue> all = std::move(keys);
    all.insert(all.end(), values.begin(), values.end());
    if (rows.empty()) return CreateRecord{object, std::move(all)};
    const Object& definition = records.schema().object(object);
    Json fields = Json::object(), ids = Json::array();
    for (const FieldValue& each : all) fields.set(definition.field(each.field).name, value_to_json(each.value, definition.field(each.field), records));
    for (const RowIndex row : rows) ids.push(to_text(records.id_of({object, row})));
    Batch batch;
    batch.commands.push_back(Json::object().set("command", "DeleteRecords").set("object", definition.name).set("ids", std::move(ids)));
    batch.commands.push_back(Json::object().set("command", "CreateRecord").set("object", definition.name).set("fields", std::move(fields)));
    return batch;
}

}  // namespace

std::optional<Command> plan_quota(const Records& records, RecordRef user, ForecastPeriodKind kind, DayRange period, std::optional<Decimal> amount) {
    namespace quota = forecasting_quota_field;
    const auto rows_of = [&](ForecastPeriodKind of) {
        return given_rows(records.table(so::forecasting_quota), quota::owner, quota::start_date, quota::period_type, user, of, period);
    };
    std::vector<RowIndex> rows = rows_of(kind);
    // What is shown goes: a quarter's figure may be that of its months.
    if (!amount && rows.empty() && kind == ForecastPeriodKind::Quarter) rows = rows_of(ForecastPeriodKind::Month);
    return plan(records, so::forecasting_quota, std::move(rows), amount.has_value(), {{quota::amount, amount ? Value(*amount) : Value()}},
                {{quota::owner, user}, {quota::start_date, DateValue{period.first}}, {quota::period_type, std::string(kind_names[static_cast<std::size_t>(kind)])}});
}

std::optional<Command> plan_adjustment(const Records& records, RecordRef user, ForecastPeriodKind kind, DayRange period, ForecastColumn column,
                                       std::optional<Decimal> amount, std::string_view note) {
    namespace adjustment = forecasting_adjustment_field;
    if (column == ForecastColumn::Closed) return std::nullopt;
    const std::string item(item_names[static_cast<std::size_t>(column)]);
    const std::uint16_t code = records.schema().object(so::forecasting_adjustment).field(adjustment::item_category).find_code(item);
    return plan(records, so::forecasting_adjustment,
                given_rows(records.table(so::forecasting_adjustment), adjustment::owner, adjustment::start_date, adjustment::period_type, user, kind, period,
                           adjustment::item_category, code),
                amount.has_value(), {{adjustment::amount, amount ? Value(*amount) : Value()}, {adjustment::note, note.empty() ? Value() : Value(std::string(note))}},
                {{adjustment::owner, user}, {adjustment::start_date, DateValue{period.first}},
                 {adjustment::period_type, std::string(kind_names[static_cast<std::size_t>(kind)])}, {adjustment::item_category, item}});
}

}  // namespace outpost
