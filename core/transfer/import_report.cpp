#include "core/transfer/import_report.h"

#include <algorithm>

#include "core/base/sort_stably.h"
#include "core/base/text.h"
#include "core/edit/validate.h"
#include "core/objects/labels.h"
#include "core/objects/record_reading.h"
#include "core/objects/standard_call.h"
#include "core/transfer/column_fit.h"

namespace outpost {

namespace {

constexpr std::size_t first_reasons_max = 10, bad_rows_max = 1000;
constexpr std::size_t examples_max = 3;
constexpr std::uint32_t looked_at_below_max = 5;   // last rows, among which are sums

// As all languages of the messages write it.
std::string counted(std::uint64_t count) {
    std::string words = std::to_string(count);
    for (std::size_t at = words.size(); at > 3;) words.insert(at -= 3, ",");
    return words;
}

// What the whole column made of a cell that might be read otherwise without it, in a form that can't be; "": it says it itself.
std::string cell_without_doubt(const ImportSource& source, const ImportPlan& plan, const Object& object, std::uint32_t column, std::string_view cell) {
    const ColumnPlan& mapped = plan.columns[column];
    const ColumnProfile& profile = source.columns()[column];
    const Field* field = mapped.action == ColumnAction::Field ? &object.field(mapped.field) : mapped.action == ColumnAction::NewField ? &*mapped.new_field : nullptr;
    const ColumnKind kind = field ? field->column_kind() : ColumnKind::None;
    if (kind == ColumnKind::Day || kind == ColumnKind::Instant || plan.done_column == column) {
        const bool is_known = source.date_order().is_certain || source.date_order().is_given || profile.date_order;
        return is_known ? date_without_doubt(cell, date_order(source, plan, column, cell)) : std::string();
    }
    const bool is_call_duration = field && object.index == standard_object::task && field->index == task_field::call_duration;
    if (profile.bare_milliseconds != 60'000 && (!field || is_call_duration)) {   // else minutes, as ever
        const auto seconds = parse_decimal(cell) ? read_duration(cell, profile.header, profile.bare_milliseconds) : std::nullopt;
        return seconds ? std::to_string(*seconds) + " s" : std::string();
    }
    if (kind != ColumnKind::Decimal || !profile.number_style_certain) return {};
    const auto fraction = mapped.is_fraction_of_one ? read_number(cell, profile.number_style) : std::nullopt;
    const auto percent = fraction ? percent_of_fraction(*fraction) : std::nullopt;
    if (!percent) return number_without_doubt(cell, profile.number_style);
    std::string text = to_text_trimmed(*percent) + '%';
    std::ranges::replace(text, '.', profile.number_style.decimal);
    const std::string clear = number_without_doubt(text, profile.number_style);
    return clear.empty() ? text : clear;
}

// A bad row as it stands in the file, but that it says the same without the other rows.
std::string row_without_doubt(const ImportSource& source, const ImportPlan& plan, const Object& object, std::uint32_t row) {
    const std::string_view given = source.row_text(row);
    std::string text(given), scratch;
    for (std::uint32_t column = source.is_too_wide(row) ? 0 : source.column_count(); column-- > 0;) {
        scratch.clear();
        const std::string_view cell = source.cell(row, column, scratch);
        const std::string clear = cell.empty() || !scratch.empty() ? std::string() : cell_without_doubt(source, plan, object, column, cell);
        if (!clear.empty()) text.replace(static_cast<std::size_t>(cell.data() - given.data()), cell.size(), clear);
    }
    return text;
}

// Bad rows with a reason behind the last column.
std::string write_failures(const ImportSource& source, const ImportPlan& plan, const Object& object, std::vector<const RowFault*> faults, const Messages& messages,
                           ImportReport& report) {
    const char delimiter = source.dialect().delimiter;
    std::string out = source.header_line();
    out += delimiter;
    append_csv_cell(out, messages.text("import.reason_header"), delimiter);
    out += "\r\n";
    std::string reason, scratch;
    for (std::size_t i = 0; i < faults.size();) {
        const std::uint32_t row = faults[i]->row;
        reason.clear();
        for (; i < faults.size() && faults[i]->row == row; ++i) {
            const std::string sentence = messages.error(faults[i]->error);
            if (reason.find(sentence) != std::string::npos) continue;
            if (!reason.empty()) reason += ' ';
            reason += sentence;
        }
        if (report.bad_rows.size() < bad_rows_max) report.bad_rows.push_back({row, reason});
        if (report.first_reasons.size() < first_reasons_max)
            report.first_reasons.push_back(messages.format("import.row_reason", {std::to_string(source.row_number(row)), reason}));
        out += row_without_doubt(source, plan, object, row);
        for (std::uint32_t cells = source.cell_count(row); cells < source.column_count(); ++cells) out += delimiter;
        out += delimiter;
        append_csv_cell(out, reason, delimiter);
        out += "\r\n";
    }
    return out;
}

// What the faults of one kind in one column have in common, in words.
std::string kind_of_fault(const Error& error, const Messages& messages) {
    std::string_view kind = std::string_view(error.message_key).substr(error.message_key.rfind('.') + 1);
    if (kind == "value_alike") kind = "value_unknown";
    if (kind == "record_alike" || kind == "record_numbered") kind = "record_unknown";
    const std::string key = "import.why." + std::string(kind);
    return messages.has(key) ? messages.format(key, error.arguments) : messages.error(error);
}

// The column that a fault is about; no_index: the row as a whole.
std::uint32_t column_of_fault(const Error& error, const ImportPlan& plan, const ImportBatch& batch) {
    if (error.field.empty()) return error.message_key == "import.too_wide" || error.message_key == "import.header_again" ? no_index : plan.match_column.value_or(no_index);
    for (const BuiltColumn& built : batch.columns)
        if (built.field.name == error.field) return built.column;
    return no_index;
}

std::vector<ImportReport::Reason> group_reasons(const ImportSource& source, const ImportPlan& plan, const ImportBatch& batch,
                                                const std::vector<const RowFault*>& faults, const Messages& messages) {
    struct Group { std::uint32_t column, last_row; std::string_view key; ImportReport::Reason reason; };
    std::vector<Group> groups;
    std::string scratch;
    for (const RowFault* fault : faults) {
        const std::uint32_t column = column_of_fault(fault->error, plan, batch);
        std::string_view key = fault->error.message_key;
        if (key.ends_with("_alike")) key = key == "import.value_alike" ? "import.value_unknown" : "import.record_unknown";
        auto group = std::ranges::find_if(groups, [&](const Group& one) { return one.column == column && one.key == key; });
        if (group == groups.end()) {
            groups.push_back({column, no_index, key, {}});
            group = groups.end() - 1;
            group->reason.message_key = key;
            if (column != no_index) group->reason.header = source.headers()[column];
            group->reason.text = kind_of_fault(fault->error, messages);
        }
        if (group->last_row == fault->row) continue;
        group->last_row = fault->row;
        ++group->reason.rows;
        if (group->reason.examples.size() < examples_max) {
            const std::string_view value = column == no_index ? source.row_text(fault->row) : source.cell(fault->row, column, scratch);
            group->reason.examples.push_back({source.row_number(fault->row), shown_value(value)});
        }
    }
    sort_stably(groups, [](const Group& a, const Group& b) { return a.reason.rows > b.reason.rows; });
    std::vector<ImportReport::Reason> reasons;
    for (Group& group : groups) reasons.push_back(std::move(group.reason));
    return reasons;
}

// What was read otherwise than it stands there, without a question.
void add_lookup_notes(ImportReport& report, const ImportSource& source, const std::vector<ColumnDecisions>& decisions, const ImportBatch& batch, const Messages& messages) {
    for (const ColumnDecisions& decided : decisions) {
        std::uint32_t several = 0, empty = 0;
        for (std::uint32_t i = 0; i < decided.decisions.size(); ++i) {
            several += decided.decisions[i].is_first_of_several ? decided.distinct.count(i) : 0;
            empty += decided.decisions[i].is_left_empty ? decided.distinct.count(i) : 0;
        }
        for (const BuiltColumn& built : batch.columns)
            if (built.column == decided.column) empty += built.left_empty;
        const std::string& header = source.headers()[decided.column];
        if (several > 0) report.notes.push_back(messages.format("import.note.several", {header, counted(several)}));
        if (empty > 0) report.notes.push_back(messages.format("import.note.left_empty", {header, counted(empty)}));
    }
}

// A stage is taken for won or lost by its name, which is a guess.
void add_stage_note(ImportReport& report, const ImportPlan& plan, const std::vector<ColumnDecisions>& decisions, const Messages& messages) {
    std::string stages;
    for (const ColumnDecisions& decided : decisions) {
        if (plan.object != standard_object::opportunity || decided.field.index != opportunity_field::stage) continue;
        for (const ImportReport::ValueMade& made : report.values_made) {
            const std::uint16_t code = made.field == decided.field.name ? decided.field.find_code(made.value) : std::uint16_t{0};
            if (code == 0) continue;
            const PicklistValue& stage = decided.field.values[code - 1u];
            if (!stages.empty()) stages += messages.text("ui.list.separator");
            stages += made.value + " (" + std::string(messages.text(stage.won ? "ui.stages.won" : stage.closed ? "ui.stages.lost" : "ui.stages.open")) + ")";
        }
    }
    if (!stages.empty()) report.notes.push_back(messages.format("import.note.stages", {stages}));
}

void add_notes(ImportReport& report, const ImportSource& source, const ImportPlan& plan, const ImportBatch& batch, const Records& records, const Messages& messages) {
    const DateOrderFinding& dates = source.date_order();
    if (dates.is_needed && !dates.is_certain) {
        const char* order = plan.date_order == DateOrder::DayFirst ? "import.order.dmy" : plan.date_order == DateOrder::MonthFirst ? "import.order.mdy" : "import.order.ymd";
        report.notes.push_back(messages.format("import.note.date_order", {dates.column, dates.sample, messages.text(order)}));
    }
    // Three digits behind a sign are thousands more often than decimals: to be read as these is worth a word.
    for (const BuiltColumn& built : batch.columns) {
        const ColumnProfile& profile = source.columns()[built.column];
        if (built.values.kind() != ColumnKind::Decimal || profile.number_style_certain || profile.decimals == 0) continue;
        if (built.field.type == FieldType::Number && built.field.scale == 0) continue;   // read as thousands
        const NumberHint doubtful = profile.number_style.decimal == ',' ? NumberHint::AmbiguousComma : NumberHint::AmbiguousPoint;
        const auto sample = std::ranges::find_if(profile.samples, [&](const std::string& one) { return scan_number(one).hint == doubtful; });
        if (sample == profile.samples.end()) continue;
        const auto number = read_number(*sample, profile.number_style);
        report.notes.push_back(messages.format("import.note.number_style", {profile.header, *sample, number ? to_text_trimmed(*number) : std::string()}));
    }
    for (const BuiltColumn& built : batch.columns)
        if (built.was_rounded && !plan.columns[built.column].is_fraction_of_one)
            report.notes.push_back(messages.format("import.note.rounded", {source.headers()[built.column]}));
    for (const BuiltColumn& built : batch.columns)
        if (built.without_year > 0) report.notes.push_back(messages.format("import.note.without_year", {source.headers()[built.column], counted(built.without_year)}));
    for (const BuiltColumn& built : batch.columns)
        if (built.of_several > 0) report.notes.push_back(messages.format("import.note.addresses", {source.headers()[built.column], counted(built.of_several)}));
    const Object& object = records.schema().object(batch.object);
    for (const ImportBatch::Left& left : batch.left_empty) {
        const auto rows = std::ranges::count_if(left.rows, [&](std::uint32_t row) { return !batch.is_bad[row]; });
        if (rows > 0) report.notes.push_back(messages.format("import.note.empty", {field_label(messages, object, object.field(left.field)), counted(static_cast<std::uint64_t>(rows))}));
    }
    const RecordRef organization = first_live(records, standard_object::organization);
    const std::string currency(organization ? records.text(organization, organization_field::default_currency) : "USD");
    for (std::uint32_t column = 0; column < plan.columns.size(); ++column) {
        const ColumnPlan& mapped = plan.columns[column];
        if (mapped.action != ColumnAction::Field || object.field(mapped.field).type != FieldType::Currency) continue;
        for (const ValueCount& sign : source.columns()[column].currencies)
            if (!can_mean_currency(sign.value, currency))
                report.notes.push_back(messages.format("import.note.currency", {source.headers()[column], counted(sign.count), sign.value, currency}));
    }
    // Programs end a table with its sums, and remarks below; a record of them would count everything once more.
    std::string scratch;
    for (std::uint32_t rows = source.row_count(), row = rows; row-- > 1 && row + looked_at_below_max >= rows && !batch.is_bad.empty();) {
        static constexpr std::string_view sums[] = {"total", "totals", "grandtotal", "subtotal", "sum", "summe", "gesamt", "gesamtsumme", "合计", "总计", "小计"};
        const std::string_view first = source.cell(row, 0, scratch);
        if (!batch.is_bad[row] && std::ranges::find(sums, fold_key(first)) != std::end(sums))
            report.notes.push_back(messages.format("import.note.total", {std::to_string(source.row_number(row)), std::string(first)}));
    }
    for (std::uint32_t column = 0; column < plan.columns.size(); ++column)
        if (plan.columns[column].action == ColumnAction::Skip && plan.columns[column].reason_key == "import.mapped.misfit" && source.columns()[column].filled > 0)
            report.notes.push_back(messages.format("import.note.misfit", {source.headers()[column], plan.columns[column].reason_arguments[0]}));
    for (std::uint32_t column = 0; column < plan.columns.size(); ++column)
        if (plan.columns[column].is_suggestion) report.notes.push_back(messages.format("import.note.alike", {source.headers()[column], field_label(messages, object, object.field(plan.columns[column].field))}));
    if (plan.outcome_column)
        if (const std::string open = unread_outcomes(source.columns()[*plan.outcome_column]); !open.empty())
            report.notes.push_back(messages.format("import.note.outcome", {source.headers()[*plan.outcome_column], open}));
    if (batch.namesakes > 0 && report.created > 0) report.notes.push_back(messages.format("import.note.namesakes", {counted(batch.namesakes)}));
    if (batch.converted > 0 && report.created > 0) report.notes.push_back(messages.format("import.note.converted", {counted(batch.converted)}));
    if (plan.of_calls) report.notes.emplace_back(messages.text("import.note.calls"));
    if (source.encoding_is_guessed()) report.notes.push_back(messages.format("import.note.encoding", {source.encoding()}));
    if (source.replaced_characters() > 0)
        report.notes.push_back(messages.format("import.note.replaced", {counted(source.replaced_characters()), std::to_string(source.first_replaced_row())}));
    if (source.removed_nul_characters() > 0) report.notes.push_back(messages.format("import.note.nul", {counted(source.removed_nul_characters())}));
    if (source.unclosed_quotes() > 0)
        report.notes.push_back(messages.format("import.note.quotes", {counted(source.unclosed_quotes()), std::to_string(source.first_unclosed_quote_row())}));
    if (!plan.name_columns.empty() && report.created > 0) {
        std::string names;
        for (const std::uint32_t column : plan.name_columns) names += (names.empty() ? "" : ", ") + source.headers()[column];
        report.notes.push_back(messages.format("import.note.name", {names}));
    }
}

}  // namespace

void complete_report(ImportReport& report, const ImportSource& source, const ImportPlan& plan, const std::vector<ColumnDecisions>& decisions,
                     const ImportBatch& batch, const Messages& messages, const Records& records) {
    report.total = source.row_count();
    report.failed = static_cast<std::uint32_t>(std::count(batch.is_bad.begin(), batch.is_bad.end(), true));
    if (report.failed > 0) {
        std::vector<const RowFault*> faults;
        for (const RowFault& fault : batch.faults) faults.push_back(&fault);
        sort_stably(faults, [](const RowFault* a, const RowFault* b) { return a->row < b->row; });
        report.reasons = group_reasons(source, plan, batch, faults, messages);
        report.failures_csv = write_failures(source, plan, records.schema().object(plan.object), std::move(faults), messages, report);
    }
    for (const ColumnDecisions& decided : decisions) {
        for (std::uint32_t i = 0; i < decided.asked().size(); ++i) {
            const ValueDecision& decision = decided.asked_decisions()[i];
            if (decision.suggestion.empty() || !(decision.suggestion_taken || decision.outcome == ValueOutcome::Unknown)) continue;
            report.suggestions.push_back({source.headers()[decided.column], std::string(decided.asked().value(i)), decision.suggestion, decided.asked().count(i), decision.suggestion_taken});
        }
    }
    for (std::uint32_t column = 0; column < plan.columns.size(); ++column)
        if (plan.columns[column].action == ColumnAction::Skip && source.columns()[column].filled > 0 && !is_used_otherwise(plan, column, source.headers()[column]))
            report.skipped_headers.push_back(source.headers()[column]);
    for (std::uint32_t column = 0; column < plan.columns.size(); ++column)
        if (plan.columns[column].action != ColumnAction::Skip)
            report.columns.push_back({source.headers()[column], column_target_text(plan, column, records), plan.columns[column].is_suggestion});
        else if (plan.outcome_column == column)
            report.columns.push_back({source.headers()[column], records.schema().object(plan.object).field(opportunity_field::stage).name, false});
        else if (plan.done_column == column)
            report.columns.push_back({source.headers()[column], records.schema().object(plan.object).field(task_field::completed_date).name, false});
    add_notes(report, source, plan, batch, records, messages);
    add_lookup_notes(report, source, decisions, batch, messages);
    add_stage_note(report, plan, decisions, messages);
}

Json report_to_json(const ImportReport& report) {
    Json out = Json::object();
    const auto count = [](std::uint32_t value) { return Json(static_cast<std::uint64_t>(value)); };
    out.set("ok", true).set("seq", report.outcome.sequence).set("undo_seq", report.outcome.sequence != 0 ? Json(report.outcome.sequence) : Json());
    out.set("total", count(report.total)).set("created", count(report.created)).set("updated", count(report.updated)).set("unchanged", count(report.unchanged)).set("failed", count(report.failed));
    out.set("failures_csv", report.failures_csv);
    if (report.routed > 0) out.set("routed", count(report.routed));
    if (report.records_made > 0) out.set("recordsMade", count(report.records_made));
    const auto texts = [](const std::vector<std::string>& list) {
        Json array = Json::array();
        for (const std::string& text : list) array.push(text);
        return array;
    };
    out.set("fieldsMade", texts(report.fields_made));
    Json values = Json::array();
    for (const ImportReport::ValueMade& made : report.values_made) values.push(Json::object().set("field", made.field).set("value", made.value));
    out.set("valuesMade", std::move(values));
    Json suggestions = Json::array();
    for (const ImportReport::Suggestion& one : report.suggestions)
        suggestions.push(Json::object().set("header", one.header).set("value", one.value).set("suggestion", one.suggestion).set("rows", count(one.rows)).set("taken", one.taken));
    out.set("suggestions", std::move(suggestions));
    Json groups = Json::array();
    for (const ImportReport::Reason& reason : report.reasons) {
        Json examples = Json::array();
        for (const ImportReport::Reason::Example& one : reason.examples) examples.push(Json::object().set("row", count(one.row_number)).set("value", one.value));
        groups.push(Json::object().set("column", reason.header).set("reason", reason.text).set("rows", count(reason.rows)).set("examples", std::move(examples)));
    }
    out.set("reasonGroups", std::move(groups));
    if (report.is_preview) out.set("dryRun", true);
    Json columns = Json::array();
    for (const ImportReport::Column& one : report.columns) {
        Json column = Json::object().set("header", one.header).set("field", one.field);
        if (one.is_alike) column.set("alike", true);
        columns.push(std::move(column));
    }
    out.set("columns", std::move(columns));
    out.set("skippedHeaders", texts(report.skipped_headers)).set("notes", texts(report.notes)).set("reasons", texts(report.first_reasons));
    return out;
}

}  // namespace outpost
