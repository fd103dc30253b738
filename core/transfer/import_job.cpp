#include "core/transfer/import_job.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/edit/derived.h"
#include "core/edit/validate.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "core/transfer/encoding.h"
#include "core/transfer/import_commit.h"
#include "core/transfer/import_named.h"
#include "core/transfer/import_namesakes.h"
#include "core/transfer/import_report.h"
#include "core/transfer/import_targets.h"

namespace outpost {

namespace {

// All columns of these rows are looked at before the next rows are, so that their text is at hand.
constexpr std::uint32_t rows_per_slice = 1024;
// No column of the file: its people's whole names, as their records will have them.
constexpr std::uint32_t column_of_names = no_index - 1;

enum class Phase : std::uint8_t { Collect, Resolve, Waiting, Match, Prepare, Build, Check, Preview, Commit, Done, Cancelled };

bool is_decided(const Field& field) { return field.is_picklist() || field.type == FieldType::MultiselectPicklist; }

}  // namespace

struct ImportJob::State {
    State(const ImportSource& s, ImportPlan p, const Records& r, Editor& e, Clock& c, const Messages& m)
        : source(s), plan(std::move(p)), records(r), editor(e), clock(c), messages(m) {}

    const ImportSource& source;
    ImportPlan plan;
    const Records& records;
    Editor& editor;
    Clock& clock;
    const Messages& messages;

    Phase phase = Phase::Collect;
    std::uint64_t schema_revision = 0;
    // Collect
    struct Collected { std::uint32_t column; DistinctColumn distinct; };
    std::vector<std::uint32_t> wanted;        // columns whose different values are needed
    std::vector<Collected> collected;
    std::uint32_t at_row = 0;  // where the running phase is
    // Resolve
    std::vector<ColumnDecisions> decisions;
    std::vector<RecordsToCreate> groups;
    // Build
    ImportBatch batch;
    LocalTime local_time{clock};
    std::vector<std::uint32_t> matched;       // by different value of the match column: the record
    ImportReport report, preview;
    Sequence previewed_sequence = 0;          // the records that the preview is of

    const Object& object() const { return records.schema().object(plan.object); }
    const Field* target_field(std::uint32_t column) const;
    std::optional<std::uint32_t> column_of_own(LookupMatch match) const;
    std::string_view mapped_cell(std::uint32_t row, std::uint32_t column, std::string& scratch) const;
    std::string person_name(std::uint32_t row) const;
    DistinctColumn* collected_of(std::uint32_t column);
    Status begin();
    void collect(SliceTimer& timer);
    void resolve();
    void match_rows();
    void prepare();
    BuildContext build_context();
    void build(SliceTimer& timer);
    void find_gaps();
    // The name that is put together from several columns is built last.
    bool is_joined_name(std::size_t at) const { return !plan.name_columns.empty() && at + 1 == batch.columns.size(); }
    void build_slice(const BuildContext& context, std::size_t at, std::uint32_t first, std::uint32_t end);
    Status route(Transaction& transaction, ImportReport& into, bool is_trial);
    Status perform(ImportReport& into, bool is_trial);
    Status check();
    Status commit(bool was_previewed);
};

// The field that a column fills, existing or new; null where it fills none or several.
const Field* ImportJob::State::target_field(std::uint32_t column) const {
    const ColumnPlan& mapped = plan.columns[column];
    if (mapped.action == ColumnAction::NewField) return &*mapped.new_field;
    if (mapped.action == ColumnAction::Field || mapped.action == ColumnAction::Lookup) return &object().field(mapped.field);
    return nullptr;
}

// The column of this file that fills the field by which a lookup names records of the imported object.
std::optional<std::uint32_t> ImportJob::State::column_of_own(LookupMatch match) const {
    if (match.object != plan.object) return std::nullopt;
    if (is_person_name(object(), object().field(match.field))) return column_of_names;
    for (std::uint32_t column = 0; column < plan.columns.size(); ++column)
        if (plan.columns[column].action == ColumnAction::Field && plan.columns[column].field == match.field) return column;
    return std::nullopt;
}

// "" too where the plan reads the cell as empty.
std::string_view ImportJob::State::mapped_cell(std::uint32_t row, std::uint32_t column, std::string& scratch) const {
    const std::string_view value = source.cell(row, column, scratch);
    return is_unset(plan.columns[column], value) ? std::string_view() : value;
}

// A whole name counts for what the row has no column of its own for, as in merge_names.
std::string ImportJob::State::person_name(std::uint32_t row) const {
    const auto [first_field, last_field] = person_name_fields(plan.object);
    std::string first, last, scratch;
    for (const ColumnAction action : {ColumnAction::Field, ColumnAction::FullName}) {
        for (std::uint32_t column = 0; column < plan.columns.size(); ++column) {
            const ColumnPlan& mapped = plan.columns[column];
            if (mapped.action != action) continue;
            if (action == ColumnAction::Field && mapped.field == first_field) first = mapped_cell(row, column, scratch);
            if (action == ColumnAction::Field && mapped.field == last_field) last = mapped_cell(row, column, scratch);
            if (action == ColumnAction::Field) continue;
            auto [given, family] = split_person_name(mapped_cell(row, column, scratch));
            if (first.empty()) first = std::move(given);
            if (last.empty()) last = std::move(family);
        }
    }
    return named_key(object(), object().field(system_field::name), compose_person_name(first, last));
}

DistinctColumn* ImportJob::State::collected_of(std::uint32_t column) {
    for (Collected& one : collected)
        if (one.column == column) return &one.distinct;
    return nullptr;
}

Status ImportJob::State::begin() {
    if (source.row_count() == 0) return fail(ErrorCode::InvalidFile, "import.no_rows");
    if (source.date_order().is_mixed) {
        const DateOrderFinding& found = source.date_order();
        bool used = false;
        for (std::uint32_t column = 0; column < plan.columns.size(); ++column) {
            const Field* field = target_field(column);
            const bool named = source.headers()[column] == found.column || source.headers()[column] == found.opposite_column;
            used = used || (field && named && (field->type == FieldType::Date || field->type == FieldType::DateTime));
        }
        if (used)
            return fail(ErrorCode::InvalidArgument, "import.mixed_dates",
                        {found.column, found.sample, std::to_string(source.row_number(found.sample_row)), found.opposite_column, found.opposite_sample,
                         std::to_string(source.row_number(found.opposite_row))});
    }
    schema_revision = records.schema().revision();
    wanted.clear();
    collected.clear();
    const auto want = [&](std::uint32_t column) {
        if (std::find(wanted.begin(), wanted.end(), column) == wanted.end()) wanted.push_back(column);
    };
    bool any = false;
    for (std::uint32_t column = 0; column < plan.columns.size(); ++column) {
        const ColumnPlan& mapped = plan.columns[column];
        any = any || mapped.action != ColumnAction::Skip;
        const Field* field = target_field(column);
        if (mapped.action == ColumnAction::Lookup || (field && is_decided(*field))) want(column);
        for (const LookupMatch& match : mapped.matches)
            if (const auto own = column_of_own(match)) want(*own);
    }
    if (!any) return fail(ErrorCode::InvalidArgument, "import.nothing_mapped", {object_argument(object())});
    if (plan.match_column) want(*plan.match_column);
    for (const ColumnPlan& mapped : plan.columns)
        if (mapped.own_ids) want(*mapped.own_ids);
    for (const std::uint32_t column : wanted) collected.push_back({column, {}});
    at_row = 0;
    phase = Phase::Collect;
    return {};
}

void ImportJob::State::collect(SliceTimer& timer) {
    const std::uint32_t rows = source.row_count();
    std::string scratch;
    while (at_row < rows && !collected.empty()) {
        const std::uint32_t end = std::min(rows, at_row + rows_per_slice);
        for (auto& [column, distinct] : collected) {
            if (at_row == 0) distinct.reserve(rows);
            for (std::uint32_t row = at_row; row < end; ++row) {
                const std::string_view value = column == column_of_names ? scratch = person_name(row) : mapped_cell(row, column, scratch);
                // Values of a row with too many cells stand in wrong columns, and names of columns are none: nothing is made of them.
                if (value.empty() || source.is_no_record(row)) distinct.add_empty();
                else distinct.add(value, row);
            }
        }
        at_row = end;
        if (timer.is_over()) return;
    }
    phase = Phase::Resolve;
}

void ImportJob::State::resolve() {
    decisions.clear();
    groups.clear();
    for (std::uint32_t column = 0; column < plan.columns.size(); ++column) {
        const ColumnPlan& mapped = plan.columns[column];
        const Field* field = target_field(column);
        const bool is_lookup = mapped.action == ColumnAction::Lookup;
        if (!is_lookup && !(field && is_decided(*field))) continue;
        ColumnDecisions decided;
        decided.column = column;
        decided.distinct = *collected_of(column);
        decided.field = *field;
        if (is_lookup) {
            const DistinctColumn* own = nullptr;
            for (const LookupMatch& match : mapped.matches)
                if (const auto own_column = mapped.own_ids ? mapped.own_ids : column_of_own(match)) own = collected_of(*own_column);
            resolve_lookup(decided, plan, source.headers()[column], records, own, groups);
        } else {
            resolve_picklist(decided, plan, source.headers()[column]);
        }
        decisions.push_back(std::move(decided));
    }
}

// Which rows update records that are there.
void ImportJob::State::match_rows() {
    batch = ImportBatch{};
    batch.object = plan.object;
    batch.rows = source.row_count();
    if (!plan.match_column) return;
    const std::uint32_t column = *plan.match_column;
    const ColumnPlan& mapped = plan.columns[column];
    const DistinctColumn& keys = *collected_of(column);
    const auto fault = [&](std::uint32_t row, const char* key, std::string_view value, std::string more) {
        batch.faults.push_back({row, Error{ErrorCode::DuplicateValue, key, {source.headers()[column], std::string(value), std::move(more)}, object().name, {}}});
    };
    const std::vector<std::uint32_t>& of_row = keys.of_row();
    for (std::uint32_t row = 0; row < batch.rows; ++row)
        if (of_row[row] != no_index && keys.first_row(of_row[row]) != row)
            fault(row, "import.key_twice", keys.value(of_row[row]), std::to_string(source.row_number(keys.first_row(of_row[row]))));
    if (mapped.action == ColumnAction::NewField || records.table(plan.object).live_count() == 0) return;
    const bool by_id = mapped.field == system_field::id;
    batch.existing.assign(batch.rows, no_row);
    std::vector<std::uint32_t> named_by(records.table(plan.object).row_count(), no_index);   // by record: the row of the file
    for (std::uint32_t index = 0; index < keys.size(); ++index) {
        const std::uint32_t row = keys.first_row(index);
        const std::vector<RowIndex> found = find_named(records, {plan.object, mapped.field}, keys.value(index));
        if (found.size() > 1) fault(row, "import.key_ambiguous", keys.value(index), std::to_string(found.size()));
        else if (found.size() == 1 && named_by[found[0]] != no_index) fault(row, "import.key_twice", keys.value(index), std::to_string(source.row_number(named_by[found[0]])));
        else if (found.size() == 1) named_by[batch.existing[row] = found[0]] = row;
        else if (by_id) fault(row, "import.id_unknown", keys.value(index), {});
    }
}

void ImportJob::State::prepare() {
    batch.plan = &plan;
    batch.source = &source;
    batch.messages = &messages;
    batch.decisions = &decisions;
    batch.groups = &groups;
    const auto add = [&](std::uint32_t column, const Field& field) {
        BuiltColumn built;
        built.column = column;
        built.field = field;
        built.values = Column(field.column_kind());
        built.values.reserve(batch.rows);
        batch.columns.push_back(std::move(built));
    };
    for (std::uint32_t column = 0; column < plan.columns.size(); ++column) {
        const ColumnPlan& mapped = plan.columns[column];
        if (mapped.action == ColumnAction::FullName) {
            const auto [first, last] = person_name_fields(plan.object);
            add(column, object().field(first));
            add(column, object().field(last));
        } else if (const Field* field = target_field(column); field && field->type != FieldType::Id) {
            add(column, *field);
        }
    }
    for (ColumnDecisions& decided : decisions)
        for (BuiltColumn& built : batch.columns)
            if (built.column == decided.column) built.field = decided.field;
    if (!plan.name_columns.empty()) add(plan.name_columns[0], object().field(object().name_field));
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        if (source.repeats_header(row)) batch.faults.push_back({row, Error{ErrorCode::InvalidArgument, "import.header_again", {}, object().name, {}}});
        else if (source.is_too_wide(row))
            batch.faults.push_back({row, Error{ErrorCode::InvalidArgument, "import.too_wide",
                                               {std::to_string(source.cell_count(row)), std::to_string(source.column_count())}, object().name, {}}});
    }
    at_row = 0;
}

BuildContext ImportJob::State::build_context() {
    const Table& organization = records.table(standard_object::organization);
    int fiscal_start_month = 1;
    for (RowIndex row = 0; row < organization.row_count(); ++row)
        if (organization.is_live(row) && !organization.column(organization_field::fiscal_start_month).is_null(row))
            fiscal_start_month = std::clamp(static_cast<int>(organization.column(organization_field::fiscal_start_month).decimals()[row]), 1, 12);
    return {source, plan, object(), local_time, fiscal_start_month, batch.faults};
}

void ImportJob::State::build_slice(const BuildContext& context, std::size_t at, std::uint32_t first, std::uint32_t end) {
    BuiltColumn& column = batch.columns[at];
    const ColumnPlan& mapped = plan.columns[column.column];
    if (is_joined_name(at)) return build_joined_name(context, column, first, end);
    if (mapped.action == ColumnAction::FullName) return build_names(context, column, batch.columns[at + 1], first, end);
    for (const ColumnDecisions& decided : decisions)
        if (decided.column == column.column) {
            build_decided(context, column, decided, groups, records, first, end);
            const bool is_stage = plan.object == standard_object::opportunity && column.field.index == opportunity_field::stage;
            if (is_stage && plan.outcome_column) build_outcomes(context, column, first, end);
            return;
        }
    build_cells(context, column, first, end);
}

void ImportJob::State::build(SliceTimer& timer) {
    while (at_row < batch.rows) {
        const std::uint32_t end = std::min(batch.rows, at_row + rows_per_slice);
        const BuildContext context = build_context();
        for (std::size_t at = 0; at < batch.columns.size(); ++at) {
            const bool is_name = !is_joined_name(at) && plan.columns[batch.columns[at].column].action == ColumnAction::FullName;
            build_slice(context, at, at_row, end);
            at += is_name;  // a pair
        }
        // The rest will be much like the beginning: room for it at once.
        for (BuiltColumn& column : batch.columns)
            if (at_row == 0 && end < batch.rows && column.values.kind() == ColumnKind::Text)
                column.values.mutable_texts().reserve(batch.rows, static_cast<std::size_t>(1.1 * static_cast<double>(column.values.texts().arena().size()) * batch.rows / end));
        at_row = end;
        if (timer.is_over()) return;
    }
    for (BuiltColumn& column : batch.columns) put_on_one_line(column);
    sort_numbers(build_context(), batch.columns);
    merge_lookups(batch.columns, plan);
    merge_names(batch.columns, plan);
    const BuildContext context = build_context();
    complete_rows(context, batch.columns, batch.existing, records, clock.now());
    batch.namesakes = count_namesakes(batch, records);
    batch.converted = count_converted(batch);
    if (plan.object == standard_object::forecasting_quota && !plan.match_column) match_quotas(context, batch.columns, batch.existing, records);
    // Of a row that is no record one reason is enough.
    std::erase_if(batch.faults, [&](const RowFault& fault) { return !fault.error.field.empty() && source.is_no_record(fault.row); });
    find_gaps();
    phase = Phase::Check;
}

// New rows without what a record must have, or what a person must give: told along with their other faults.
void ImportJob::State::find_gaps() {
    for (const Field& field : object().fields) {
        if (!field.required || field.deleted || !(field.import_may_omit || field.writable()) || field.type == FieldType::Checkbox) continue;
        if (!field.import_may_omit && has_default(field)) continue;
        const auto built = std::ranges::find_if(batch.columns, [&](const BuiltColumn& column) { return column.field.index == field.index; });
        const auto is_filled = [&](std::uint32_t row) {
            if (built == batch.columns.end()) return false;
            return !built->values.is_null(row) || (!built->in_file.empty() && built->in_file[row] != no_index) || (!built->to_create.empty() && built->to_create[row] != no_index);
        };
        std::vector<bool> is_known(batch.rows, false);   // the cell itself is at fault, or stands in a wrong column
        for (const RowFault& fault : batch.faults)
            if (fault.error.field == field.name || source.is_no_record(fault.row)) is_known[fault.row] = true;
        ImportBatch::Left left{field.index, {}};
        for (std::uint32_t row = 0; row < batch.rows; ++row) {
            const bool is_new = batch.existing.empty() || batch.existing[row] == no_row;
            if (!is_new || is_known[row] || is_filled(row)) continue;
            if (field.import_may_omit) left.rows.push_back(row);
            else batch.faults.push_back({row, field_error(ErrorCode::RequiredFieldMissing, "error.required_field", object(), field)});
        }
        if (!left.rows.empty()) batch.left_empty.push_back(std::move(left));
    }
}

// New leads go where the assignment rule says. A trial only finds out whether its entries can be understood.
Status ImportJob::State::route(Transaction& transaction, ImportReport& into, bool is_trial) {
    if (!plan.route || plan.object != standard_object::lead || records.table(standard_object::assignment_rule_entry).live_count() == 0) return {};
    RouteLeads command;
    if (!is_trial) command.rows = std::move(batch.without_owner);
    OUTPOST_TRY(const CommandOutcome routed, editor.perform(transaction, Command(std::move(command))));
    into.routed = static_cast<std::uint32_t>(routed.record_count);
    return {};
}

// The edit, written or only tried; what it says of itself.
Status ImportJob::State::perform(ImportReport& into, bool is_trial) {
    into = ImportReport{};
    into.is_preview = is_trial;
    std::vector<bool> is_bad(batch.rows, false);
    for (const RowFault& fault : batch.faults) is_bad[fault.row] = true;
    if (std::find(is_bad.begin(), is_bad.end(), false) == is_bad.end()) {
        batch.is_bad = std::move(is_bad);
    } else {
        std::vector<std::string> label = {std::to_string(batch.rows), object_argument(object())};
        bool none_fits = false, is_taken_back = false;
        const auto attempt_once = [&](bool is_taken_back_anyway) {
            into = ImportReport{};
            into.is_preview = is_trial;
            is_taken_back = false;
            return editor.run("edit.import", label, EditOrigin::Import, [&](Transaction& transaction) -> Result<CommandOutcome> {
                OUTPOST_TRY(CommandOutcome done, commit_import(editor, transaction, batch, into, is_taken_back_anyway));
                OUTPOST_CHECK(route(transaction, into, is_taken_back_anyway));
                none_fits = into.created + into.updated == 0;
                is_taken_back = none_fits || is_taken_back_anyway;
                if (is_taken_back) return fail(ErrorCode::Cancelled, "import.cancelled");  // no field or value stays for rows that don't
                return done;
            });
        };
        const auto attempt = [&](bool is_taken_back_anyway) {
            std::size_t known = batch.faults.size();
            auto outcome = attempt_once(is_taken_back_anyway);
            while (!outcome && !is_taken_back && batch.faults.size() > std::exchange(known, batch.faults.size())) outcome = attempt_once(is_taken_back_anyway);
            return outcome;
        };
        // Values and records that only refused rows name aren't made: which rows those are is known once they were tried.
        if (makes_anything(batch)) {
            const auto tried = attempt(true);
            if (!tried && !is_taken_back) return fail(tried.error());
            forget_unused(batch, object());
        }
        auto outcome = attempt(is_trial);
        if (!outcome && !is_taken_back) return fail(std::move(outcome).error());
        if (none_fits) {
            into.fields_made.clear();
            into.values_made.clear();
            into.records_made = 0;
        } else if (outcome) {
            into.outcome = *std::move(outcome);
        }
    }
    complete_report(into, source, plan, decisions, batch, messages, records);
    return {};
}

Status ImportJob::State::check() {
    if (records.schema().revision() != schema_revision) return begin();  // the definitions changed meanwhile: look again
    OUTPOST_CHECK(perform(preview, true));
    schema_revision = records.schema().revision();  // fields were made and taken back
    previewed_sequence = editor.applied_sequence();
    phase = Phase::Preview;
    return {};
}

Status ImportJob::State::commit(bool was_previewed) {
    const bool is_stale = records.schema().revision() != schema_revision || (was_previewed && editor.applied_sequence() != previewed_sequence);
    if (is_stale) return begin();
    OUTPOST_CHECK(perform(report, false));
    batch = ImportBatch{};
    phase = Phase::Done;
    return {};
}

ImportJob::ImportJob(const ImportSource& source, ImportPlan plan, const Records& records, Editor& editor, Clock& clock, const Messages& messages)
    : state_(std::make_unique<State>(source, std::move(plan), records, editor, clock, messages)) {}
ImportJob::~ImportJob() = default;

Status ImportJob::step(std::int64_t budget_microseconds) {
    State& state = *state_;
    SliceTimer timer(state.clock, budget_microseconds);
    if (state.phase == Phase::Cancelled) return fail(ErrorCode::Cancelled, "import.cancelled");
    if (state.phase == Phase::Collect && state.schema_revision == 0) OUTPOST_CHECK(state.begin());
    // At least one piece of work a step, however small the budget.
    do {
        switch (state.phase) {
            case Phase::Collect: state.collect(timer); break;
            case Phase::Resolve:
                state.resolve();
                state.phase = stops_ ? Phase::Waiting : Phase::Match;
                break;
            case Phase::Match:
                state.match_rows();
                state.phase = Phase::Prepare;
                break;
            case Phase::Prepare:
                state.prepare();
                state.phase = Phase::Build;
                break;
            case Phase::Build: state.build(timer); break;
            case Phase::Check:
                if (previews_) OUTPOST_CHECK(state.check());
                else state.phase = Phase::Commit;
                break;
            case Phase::Commit: OUTPOST_CHECK(state.commit(previews_)); break;
            default: return {};
        }
    } while (!timer.is_over());
    return {};
}

bool ImportJob::is_done() const { return state_->phase == Phase::Done; }
bool ImportJob::is_waiting() const { return state_->phase == Phase::Waiting; }
const std::vector<ColumnDecisions>& ImportJob::decisions() const { return state_->decisions; }
bool ImportJob::is_previewed() const { return state_->phase == Phase::Preview; }
const ImportReport& ImportJob::preview() const { return state_->preview; }
void ImportJob::write() { state_->phase = Phase::Commit; }
const ImportReport& ImportJob::report() const { return state_->report; }

double ImportJob::progress() const {
    const State& state = *state_;
    const double part = state.source.row_count() == 0 ? 0 : static_cast<double>(state.at_row) / state.source.row_count();
    switch (state.phase) {
        case Phase::Collect: return 0.25 * part;
        case Phase::Resolve:
        case Phase::Waiting: return 0.25;
        case Phase::Match:
        case Phase::Prepare: return 0.3;
        case Phase::Build: return 0.3 + 0.5 * part;
        case Phase::Check:
        case Phase::Commit: return 0.8;
        default: return 1;
    }
}

std::string_view ImportJob::phase_key() const {
    switch (state_->phase) {
        case Phase::Collect:
        case Phase::Resolve:
        case Phase::Waiting: return "import.phase.values";
        case Phase::Check: return "import.phase.checking";
        case Phase::Commit: return "import.phase.saving";
        default: return "import.phase.records";
    }
}

void ImportJob::cancel() {
    if (state_->phase == Phase::Done) return;
    state_->phase = Phase::Cancelled;
    state_->batch = ImportBatch{};
}

void ImportJob::proceed(std::vector<ValueChoice> choices, CreateMissing create_missing, bool accept_suggestions) {
    State& state = *state_;
    for (ValueChoice& choice : choices) {
        std::erase_if(state.plan.choices, [&](const ValueChoice& old) { return old.header == choice.header && old.value == choice.value; });
        state.plan.choices.push_back(std::move(choice));
    }
    state.plan.create_missing = create_missing;
    state.plan.accept_suggestions = accept_suggestions;
    stops_ = false;
    state.phase = Phase::Resolve;
}

Result<ImportReport> run_import(std::string bytes, ObjectIndex object, const Json& options, const Records& records, Editor& editor,
                                Clock& clock, const Messages& messages, TextDecoder* decoder) {
    constexpr std::int64_t no_limit_microseconds = std::int64_t{1} << 50;
    OUTPOST_TRY(ImportSourceOptions source_options, source_options_from_json(options));
    ImportSource source(std::move(bytes), std::move(source_options), decoder, clock);
    while (!source.is_done()) OUTPOST_CHECK(source.step(no_limit_microseconds));
    ImportPlan plan = make_import_plan(source, records, object);
    OUTPOST_CHECK(apply_import_options(plan, options, source, records));
    ImportJob job(source, std::move(plan), records, editor, clock, messages);
    const bool is_dry_run = options.boolean_or("dryRun", false);
    if (is_dry_run) job.stop_for_preview();
    while (!job.is_done() && !job.is_previewed()) OUTPOST_CHECK(job.step(no_limit_microseconds));
    return is_dry_run ? job.preview() : job.report();
}

}  // namespace outpost
