#include "ui/pages/import_page.h"

#include <algorithm>

#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "ui/pages/import_targets_view.h"

namespace outpost {
namespace {

constexpr std::int64_t slice_microseconds = 6'000;

// A person must see it before anything is made: unknown, ambiguous, or alike something that is there already (making
// it anew would double that).
bool needs_decision(const ValueDecision& decision) {
    return decision.outcome == ValueOutcome::Unknown || decision.outcome == ValueOutcome::Ambiguous ||
           (decision.outcome == ValueOutcome::Create && !decision.suggestion.empty());
}
constexpr std::string_view step_keys[] = {"ui.import.step.file", "ui.import.step.columns", "ui.import.step.values", "ui.import.step.done"};

std::string number_text(Context& context, std::uint64_t value) {
    return context.locale().format_number(Decimal{static_cast<std::int64_t>(value), 0}, 0);
}

}  // namespace

std::string ImportPage::title(Context& context, const Route&) { return std::string(context.tr("ui.import.title")); }

void ImportPage::leave(Context&) { restart(); }

void ImportPage::restart() {
    if (job_) job_->cancel();
    if (source_ && !source_->is_done()) source_->cancel();
    job_.reset();
    source_.reset();
    bytes_.clear();
    error_.clear();
    source_options_ = {};
    create_missing_ = {};
    accept_suggestions_ = false;
    choices_.clear();
    report_ = {};
    step_ = Step::File;
}

void ImportPage::draw(Context& context, const Route& route) {
    for (const PickedFile& file : context.dropped_files)
        if (step_ == Step::File) {
            take_file(context, file);
            break;
        }
    run_slices(context);
    kit::PageBody body(context, {.width_max = 960, .gap = space::x6});
    { kit::PageHeader header(context, context.tr("ui.import.title"), {.subtitle = file_name_, .icon = Icon::Import, .divider = false}); }
    draw_steps(context);
    if (!error_.empty() && kit::banner(context, "error", error_, {.tone = Tone::Danger, .closable = true}) == 2) error_.clear();
    switch (step_) {
        case Step::File: return draw_file(context, route);
        case Step::Reading: return draw_progress(context, *source_);
        case Step::Columns: return draw_columns(context);
        case Step::Checking:
        case Step::Importing: return draw_progress(context, *job_);
        case Step::Values: return draw_values(context);
        case Step::Result: return draw_result(context);
    }
}

void ImportPage::draw_steps(Context& context) {
    const int current = step_ <= Step::Reading ? 0 : step_ <= Step::Checking ? 1 : step_ <= Step::Importing ? 2 : 3;
    std::vector<kit::PathStage> stages;
    for (const std::string_view key : step_keys) stages.push_back({context.tr(key)});
    const int pressed = kit::path(context, "steps", context.tr("ui.import.steps"), stages, current);
    if (pressed < 0 || pressed >= current || step_ == Step::Checking || step_ == Step::Importing) return;
    // A step that is behind leads back to it; after the import only to another file.
    if (step_ == Step::Values && pressed == 1) back_to_columns();
    else if (pressed == 0) restart();
}

void ImportPage::back_to_columns() {
    job_.reset();
    step_ = Step::Columns;
}

// --- the file

void ImportPage::draw_file(Context& context, const Route& route) {
    preferred_object_ = std::string(route.parameter("object"));
    kit::Card card(context, {.padding = Insets::all(space::x8), .gap = space::x4});
    const int pressed = kit::empty_state(context, context.tr("ui.import.drop"),
                                         {.icon = Icon::File, .text = context.tr("ui.import.drop_text"), .action = context.tr("ui.import.choose"),
                                          .action_icon = Icon::Folder});
    if (pressed != 1) return;
    context.browser().pick_files(".csv,.tsv,.txt,text/csv", false, [this, &context](std::vector<PickedFile> files) {
        if (!files.empty()) take_file(context, files[0]);
        context.request_frame();
    });
}

void ImportPage::take_file(Context& context, const PickedFile& file) {
    restart();
    file_name_ = file.name;
    auto bytes = read_whole(*file.bytes);
    if (!bytes) return fail(context, bytes.error());
    bytes_ = *std::move(bytes);
    read_again(context);
}

void ImportPage::read_again(Context& context) {
    source_options_.usual_date_order = context.messages().language() == Language::English ? DateOrder::MonthFirst : DateOrder::YearFirst;
    job_.reset();
    source_ = std::make_shared<ImportSource>(bytes_, source_options_, context.decoder(), context.clock());
    step_ = Step::Reading;
    context.request_frame();
}

void ImportPage::fail(Context& context, const Error& error) {
    const std::string text = context.error_text(error);
    restart();
    error_ = text;
    context.announce(text);
}

// A slice of whatever works now; the rest in the next frames.
void ImportPage::run_slices(Context& context) {
    Job* job = step_ == Step::Reading ? static_cast<Job*>(source_.get()) : step_ == Step::Checking || step_ == Step::Importing ? job_.get() : nullptr;
    if (!job) return;
    context.request_frame();
    // The import's last slice edits records: after the frame, never while drawing.
    context.later([this, &context] {
        Job* running = step_ == Step::Reading ? static_cast<Job*>(source_.get()) : step_ == Step::Checking || step_ == Step::Importing ? job_.get() : nullptr;
        if (!running) return;
        if (Status status = running->step(slice_microseconds); !status) return fail(context, status.error());
        if (step_ == Step::Reading && source_->is_done()) {
            const Object* preferred = context.schema().find_object(preferred_object_);
            ObjectIndex object = preferred ? preferred->index : guess_import_object(*source_, context.records());
            plan(context, object == no_object ? standard_object::lead : object);
            step_ = Step::Columns;
        } else if (step_ == Step::Checking && job_->is_waiting()) {
            step_ = Step::Values;
            const bool nothing_open = std::ranges::all_of(job_->decisions(), [&](const ColumnDecisions& column) { return open_values(column) == 0; });
            if (nothing_open) proceed(context);
            else offer_suggestions();
        } else if (job_ && job_->is_done()) {
            show_result(context);
        }
    });
}

void ImportPage::draw_progress(Context& context, Job& job) {
    kit::Card card(context, {.padding = Insets::all(space::x6)});
    if (!kit::progress_bar(context, context.tr(job.phase_key()), static_cast<float>(job.progress()), file_name_, context.tr("ui.import.cancel"))) return;
    restart();
    context.toast(context.tr("ui.import.cancelled"));
}

// --- the columns

void ImportPage::plan(Context& context, ObjectIndex object) {
    plan_ = make_import_plan(*source_, context.records(), object);
    targets_ = import_target_choices(context, object);
}

void ImportPage::draw_columns(Context& context) {
    draw_file_facts(context);
    {
        kit::Card card(context, {.gap = space::x1, .role = Role::Region, .name = context.tr("ui.import.columns")});
        { kit::SectionHeader header(context, context.tr("ui.import.columns"), static_cast<int>(source_->column_count())); }
        kit::help_text(context, context.tr("ui.import.columns_help"));
        for (std::uint32_t column = 0; column < source_->column_count(); ++column) {
            kit::divider(context);
            draw_column(context, column);
        }
    }
    draw_options(context);
    kit::Row row(context);
    if (kit::button(context, "back", context.tr("ui.import.other_file"))) restart();
    row.spacer();
    if (kit::button(context, "next", context.tr("ui.import.next"), {.kind = kit::ButtonKind::Primary, .icon_after = Icon::ArrowRight})) start_job(context);
}

void ImportPage::draw_file_facts(Context& context) {
    kit::Card card(context, {.title = context.tr("ui.import.how_read"), .gap = space::x4});
    const std::string delimiter = source_->dialect().delimiter == '\t' ? std::string(context.tr("ui.import.tab")) : std::string(1, source_->dialect().delimiter);
    kit::text(context, context.tr("ui.import.facts", {number_text(context, source_->row_count()), number_text(context, source_->column_count()), source_->encoding(), delimiter}),
              {.ink = kit::Ink::Secondary, .wrap = true});
    if (source_->encoding_is_guessed()) kit::help_text(context, context.tr("ui.import.encoding_guessed"));
    if (source_->short_rows() + source_->wide_rows() > 0)
        kit::help_text(context, context.tr("ui.import.ragged", {number_text(context, source_->short_rows()), number_text(context, source_->wide_rows())}));
    kit::FormGrid grid(context, {.columns_max = 3});
    std::vector<kit::Choice> objects;
    for (const ObjectIndex index : context.schema().objects()) {
        const Object& object = context.schema().object(index);
        if (!object.hidden || index == standard_object::user)
            objects.push_back({.value = object.name, .label = object_label(context.messages(), object, true), .icon = icon_of_object(object.name, object.icon)});
    }
    std::string chosen = context.schema().object(plan_.object).name;
    if (kit::picklist(context, "object", context.tr("ui.import.object"), objects, chosen, {.field = {.required = true}, .allow_none = false}).changed)
        if (const Object* object = context.schema().find_object(chosen)) plan(context, object->index);
    const kit::Choice encodings[] = {{.value = "found", .label = std::string(context.tr("ui.import.found"))}, {.value = "utf-8", .label = "UTF-8"},
                                     {.value = "utf-16le", .label = "UTF-16 LE"}, {.value = "utf-16be", .label = "UTF-16 BE"},
                                     {.value = "windows-1252", .label = "Windows-1252"}, {.value = "gb18030", .label = "GB18030"}};
    std::string encoding = source_options_.encoding.empty() ? "found" : source_options_.encoding;
    if (kit::picklist(context, "encoding", context.tr("ui.import.encoding"), encodings, encoding, {.allow_none = false}).changed) {
        source_options_.encoding = encoding == "found" ? std::string() : encoding;
        return read_again(context);
    }
    const DateOrderFinding& dates = source_->date_order();
    if (!dates.is_needed) return;
    const kit::Choice orders[] = {{.value = "0", .label = std::string(context.tr("ui.import.day_first"))},
                                  {.value = "1", .label = std::string(context.tr("ui.import.month_first"))},
                                  {.value = "2", .label = std::string(context.tr("ui.import.year_first"))}};
    std::string order = std::to_string(static_cast<int>(plan_.date_order));
    const std::string why = dates.is_mixed ? context.tr("ui.import.dates_mixed", {dates.sample, dates.opposite_sample})
                            : dates.is_certain ? context.tr("ui.import.dates_certain", {dates.sample}) : std::string(context.tr("ui.import.dates_unsure"));
    if (kit::picklist(context, "dates", context.tr("ui.import.date_order"), orders, order, {.field = {.help = why}, .allow_none = false}).changed) {
        source_options_.date_order = static_cast<DateOrder>(order[0] - '0');
        read_again(context);
    }
}

void ImportPage::draw_column(Context& context, std::uint32_t index) {
    kit::IdScope scope(context, std::uint64_t{index});
    const ColumnProfile& profile = source_->columns()[index];
    ColumnPlan& column = plan_.columns[index];
    kit::Columns sides(context, {1.2f, 1});
    {
        kit::Column left(context, {.gap = 2, .padding = Insets::xy(0, space::x2)});
        kit::text(context, source_->headers()[index], {.style = TextStyle::BodyStrong});
        std::string samples;
        for (std::size_t i = 0; i < profile.samples.size() && i < 3; ++i) samples += (i ? " · " : "") + profile.samples[i];
        kit::text(context, samples, {.style = TextStyle::Dense, .ink = kit::Ink::Secondary});
        if (!profile.reason_key.empty())
            kit::text(context, context.messages().format(profile.reason_key, profile.reason_arguments), {.style = TextStyle::Caption, .ink = kit::Ink::Secondary, .wrap = true});
    }
    sides.next();
    kit::Column right(context, {.gap = 2, .padding = Insets::xy(0, space::x2)});
    const std::string label = context.tr("ui.import.goes_to", {source_->headers()[index]});
    std::string target = column.action == ColumnAction::NewField ? std::string(new_field_choice) : column_target_text(plan_, index, context.records());
    if (kit::picklist(context, "target", label, targets_, target, {.field = {.hide_label = true}, .allow_none = true, .searchable = true}).changed) {
        if (target == new_field_choice) set_new_field(plan_, index, profile.type, *source_, context.records());
        else if (const Status set = set_column_target(plan_, index, target, *source_, context.records()); !set) error_ = context.error_text(set.error());
    }
    if (column.reason_key.empty()) return;
    const std::string reason = context.messages().format(column.reason_key, column.reason_arguments);
    kit::text(context, reason, {.style = TextStyle::Caption, .ink = column.is_suggestion ? kit::Ink::Warning : kit::Ink::Secondary, .wrap = true});
}

void ImportPage::draw_options(Context& context) {
    kit::Card card(context, {.title = context.tr("ui.import.options"), .gap = space::x4});
    std::vector<kit::Choice> columns;
    for (std::uint32_t index = 0; index < source_->column_count(); ++index)
        if (plan_.columns[index].action == ColumnAction::Field || plan_.columns[index].action == ColumnAction::NewField)
            columns.push_back({.value = std::to_string(index), .label = source_->headers()[index]});
    {
        kit::FormGrid grid(context, {.columns_max = 1});
        std::string match = plan_.match_column ? std::to_string(*plan_.match_column) : std::string();
        if (kit::picklist(context, "match", context.tr("ui.import.match"), columns, match, {.field = {.help = context.tr("ui.import.match_help")}}).changed)
            plan_.match_column = match.empty() ? std::nullopt : std::optional<std::uint32_t>(static_cast<std::uint32_t>(std::stoul(match)));
    }
    kit::checkbox(context, "make_values", context.tr("ui.import.make_values"), create_missing_.picklist_values);
    kit::checkbox(context, "make_records", context.tr("ui.import.make_records"), create_missing_.records);
}

// --- the values

void ImportPage::start_job(Context& context) {
    plan_.create_missing = create_missing_;
    plan_.create_missing.fields = true;   // a column was given a new field on purpose
    plan_.accept_suggestions = accept_suggestions_;
    choices_.clear();
    error_.clear();
    job_ = std::make_unique<ImportJob>(*source_, plan_, context.records(), context.workspace().editor(), context.clock(), context.messages());
    job_->stop_for_decisions();
    step_ = Step::Checking;
    context.request_frame();
}

std::uint32_t ImportPage::open_values(const ColumnDecisions& column) const {
    return static_cast<std::uint32_t>(std::ranges::count_if(column.decisions, needs_decision));
}

void ImportPage::draw_values(Context& context) {
    constexpr std::uint32_t shown_max = 50;
    kit::text(context, context.tr("ui.import.values_help"), {.ink = kit::Ink::Secondary, .wrap = true});
    for (const ColumnDecisions& column : job_->decisions()) {
        const std::uint32_t open = open_values(column);
        if (open == 0) continue;
        kit::IdScope scope(context, std::uint64_t{column.column});
        kit::Card card(context, {.gap = space::x2, .role = Role::Region, .name = source_->headers()[column.column]});
        { kit::SectionHeader header(context, source_->headers()[column.column], static_cast<int>(open)); }
        std::uint32_t shown = 0;
        for (std::uint32_t index = 0; index < column.decisions.size() && shown < shown_max; ++index) {
            if (!needs_decision(column.decisions[index])) continue;
            draw_value(context, column, index);
            ++shown;
        }
        if (open > shown) kit::help_text(context, context.tr("ui.import.more_values", {number_text(context, open - shown)}));
    }
    kit::Row row(context);
    if (kit::button(context, "back", context.tr("ui.import.back"))) return back_to_columns();
    row.spacer();
    if (kit::button(context, "run", context.tr("ui.import.run"), {.kind = kit::ButtonKind::Primary, .icon = Icon::Import})) proceed(context);
}

void ImportPage::draw_value(Context& context, const ColumnDecisions& column, std::uint32_t index) {
    const std::string& header = source_->headers()[column.column];
    const std::string& value = column.distinct.value(index);
    const ValueDecision& decision = column.decisions[index];
    kit::IdScope scope(context, std::uint64_t{index} + 1);
    kit::Columns sides(context, {1, 1});
    {
        kit::Column left(context, {.gap = 2});
        kit::text(context, value, {.style = TextStyle::BodyStrong});
        std::string detail = context.count_text("ui.import.rows", column.distinct.count(index));
        if (decision.outcome == ValueOutcome::Ambiguous) detail += " · " + context.tr("ui.import.ambiguous", {number_text(context, decision.matches.size())});
        kit::text(context, detail, {.style = TextStyle::Caption, .ink = kit::Ink::Secondary});
    }
    sides.next();
    std::vector<kit::Choice> choices;
    if (!decision.suggestion.empty()) choices.push_back({.value = "use:" + decision.suggestion, .label = context.tr("ui.import.use", {decision.suggestion})});
    if (column.field.is_picklist())
        for (const std::uint16_t code : column.field.codes_in_order(true)) {
            const PicklistValue& known = column.field.values[code - 1u];
            if (known.value != decision.suggestion) choices.push_back({.value = "use:" + known.value, .label = context.tr("ui.import.use", {value_label(context.messages(), column.field, known)})});
        }
    if (decision.outcome != ValueOutcome::Ambiguous) choices.push_back({.value = "create", .label = context.tr("ui.import.make", {value})});
    choices.push_back({.value = "empty", .label = std::string(context.tr("ui.import.leave_empty"))});
    choices.push_back({.value = "reject", .label = std::string(context.tr("ui.import.hand_back"))});
    const ValueChoice* made = choice_of(header, value);
    std::string chosen = "reject";
    if (made && made->kind == ValueChoice::Kind::Use) chosen = "use:" + made->use;
    if (made && made->kind == ValueChoice::Kind::Create) chosen = "create";
    if (made && made->kind == ValueChoice::Kind::Empty) chosen = "empty";
    if (kit::picklist(context, "choice", context.tr("ui.import.decide", {value}), choices, chosen, {.field = {.hide_label = true}, .allow_none = false}).changed)
        set_choice(header, value, chosen);
    if (!decision.suggestion.empty())
        kit::text(context, context.tr("ui.import.suggested", {decision.suggestion}), {.style = TextStyle::Caption, .ink = kit::Ink::Warning});
}

// What is alike stands chosen, in sight; the person agrees by going on.
void ImportPage::offer_suggestions() {
    for (const ColumnDecisions& column : job_->decisions())
        for (std::uint32_t index = 0; index < column.decisions.size(); ++index)
            if (const ValueDecision& decision = column.decisions[index]; needs_decision(decision) && !decision.suggestion.empty())
                set_choice(source_->headers()[column.column], column.distinct.value(index), "use:" + decision.suggestion);
}

const ValueChoice* ImportPage::choice_of(const std::string& header, const std::string& value) const {
    const auto found = std::ranges::find_if(choices_, [&](const ValueChoice& choice) { return choice.header == header && choice.value == value; });
    return found == choices_.end() ? nullptr : &*found;
}

void ImportPage::set_choice(const std::string& header, const std::string& value, const std::string& chosen) {
    std::erase_if(choices_, [&](const ValueChoice& choice) { return choice.header == header && choice.value == value; });
    ValueChoice choice{.header = header, .value = value, .kind = ValueChoice::Kind::Reject, .use = {}};
    if (chosen.starts_with("use:")) {
        choice.kind = ValueChoice::Kind::Use;
        choice.use = chosen.substr(4);
    } else if (chosen == "create") {
        choice.kind = ValueChoice::Kind::Create;
    } else if (chosen == "empty") {
        choice.kind = ValueChoice::Kind::Empty;
    }
    choices_.push_back(std::move(choice));
}

void ImportPage::proceed(Context& context) {
    CreateMissing missing = create_missing_;
    missing.fields = true;
    job_->proceed(choices_, missing, accept_suggestions_);
    step_ = Step::Importing;
    context.request_frame();
}

// --- the result

void ImportPage::show_result(Context& context) {
    report_ = job_->report();
    job_.reset();
    step_ = Step::Result;
    context.announce(context.tr("ui.import.done", {number_text(context, report_.created), number_text(context, report_.updated), number_text(context, report_.failed)}));
}

void ImportPage::draw_result(Context& context) {
    {
        kit::FormGrid grid(context, {.column_min = 160, .columns_max = 4});
        kit::stat_tile(context, "created", context.tr("ui.import.created"), number_text(context, report_.created), {.tone = Tone::Success, .icon = Icon::Check});
        kit::stat_tile(context, "updated", context.tr("ui.import.updated"), number_text(context, report_.updated), {.icon = Icon::Refresh});
        kit::stat_tile(context, "made", context.tr("ui.import.made_along"), number_text(context, report_.records_made), {.icon = Icon::Plus});
        kit::stat_tile(context, "failed", context.tr("ui.import.handed_back"), number_text(context, report_.failed),
                       {.tone = report_.failed > 0 ? Tone::Danger : Tone::Neutral, .icon = Icon::Warning});
    }
    for (const std::string& note : report_.notes) kit::help_text(context, note);
    if (report_.failed > 0) {
        kit::Card card(context, {.title = context.tr("ui.import.bad_rows"), .gap = space::x2});
        for (const std::string& reason : report_.first_reasons) kit::text(context, reason, {.style = TextStyle::Dense, .wrap = true});
        kit::help_text(context, context.tr("ui.import.bad_rows_help"));
        kit::Row row(context);
        if (kit::button(context, "save", context.tr("ui.import.save_bad_rows"), {.icon = Icon::Export}))
            context.browser().save_file("not-imported-" + file_name_, "text/csv", report_.failures_csv);
    }
    kit::Row row(context, {.wrap = true});
    if (kit::button(context, "open", context.tr("ui.import.open_list"), {.kind = kit::ButtonKind::Primary, .icon = Icon::List}))
        context.navigate(routes::list(context.schema().object(plan_.object).name));
    if (report_.outcome.sequence != 0 && kit::button(context, "undo", context.tr("ui.import.undo"), {.icon = Icon::Undo})) {
        context.submit(Undo{report_.outcome.sequence}, {}, {.toast = std::string(context.tr("ui.import.undone")), .offer_undo = false});
        report_.outcome.sequence = 0;
    }
    if (kit::button(context, "again", context.tr("ui.import.again"), {.icon = Icon::Import})) restart();
}

}  // namespace outpost
