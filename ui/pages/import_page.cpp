#include "ui/pages/import_page.h"

#include <algorithm>
#include <array>


namespace outpost {
namespace {

constexpr std::int64_t slice_microseconds_min = 6'000, slice_microseconds_max = 40'000;
constexpr std::uint64_t kept_file_bytes_max = std::uint64_t{64} << 20;   // larger files are let go with the page
constexpr std::array<std::string_view, 5> step_words = {"", "columns", "values", "preview", "done"};
constexpr std::array<std::string_view, 5> step_keys = {"ui.import.step.file", "ui.import.step.columns", "ui.import.step.values",
                                                       "ui.import.step.preview", "ui.import.step.done"};

}  // namespace

std::string ImportPage::number_text(Context& context, std::uint64_t value) {
    return context.locale().format_number(Decimal{static_cast<std::int64_t>(value), 0}, 0);
}

ImportPage::Step ImportPage::step_of(const Route& route) {
    for (std::size_t i = 0; i < step_words.size(); ++i)
        if (route.parameter("step") == step_words[i]) return static_cast<Step>(i);
    return Step::File;
}

std::string ImportPage::title(Context& context, const Route&) { return std::string(context.tr("ui.import.title")); }

// The wizard waits as it was left, but for work under way and for files that would fill the memory meanwhile.
void ImportPage::leave(Context&) {
    stop_work();
    const bool is_large = file_ && file_->size() > kept_file_bytes_max;
    if (!is_large) return;
    forget_check();
    source_.reset();
    file_.reset();
}

void ImportPage::restart() {
    stop_work();
    forget_check();
    source_.reset();
    file_.reset();
    file_name_.clear();
    error_.clear();
    source_options_ = {};
    create_missing_ = {};
    choices_.clear();
    planned_headers_.clear();
    report_.reset();
    is_taken_back_ = false;
}

void ImportPage::forget_check() {
    job_.reset();
    preview_.reset();
    open_.clear();
    is_preview_renewed_ = false;
}

// --- the address

bool ImportPage::is_there(Step step) const {
    const bool is_read = source_ && source_->is_done();
    switch (step) {
        case Step::File: return true;
        case Step::Columns: return is_read;
        case Step::Values: return is_read && job_ && !open_.empty();
        case Step::Preview: return is_read && job_ && preview_;
        case Step::Done: return report_.has_value();
    }
    return false;
}

void ImportPage::follow(Context& context, const Route& route) {
    step_ = step_of(route);
    if (work_ != Work::None && step_ != work_step_) stop_work();
    if (work_ != Work::None || is_there(step_)) return;
    // Columns that were changed since make a preview void; after a reload there is no file, which its place says.
    const bool is_read = is_there(Step::Columns);
    if (!is_read && step_ != Step::Done) return;
    step_ = !is_read ? Step::File : step_ == Step::Preview && is_there(Step::Values) ? Step::Values : Step::Columns;
    replace(context, step_);
}

void ImportPage::go(Context& context, Step step) {
    Route route = context.route();
    context.navigate(route.set("step", step_words[static_cast<std::size_t>(step)]).to_text());
    context.announce(context.tr(step_keys[static_cast<std::size_t>(step)]));
}

void ImportPage::replace(Context& context, Step step) {
    Route route = context.route();
    context.replace_route(route.set("step", step_words[static_cast<std::size_t>(step)]).to_text());
}

void ImportPage::draw(Context& context, const Route& route) {
    follow(context, route);
    const bool takes_files = work_ == Work::None && (step_ == Step::File || step_ == Step::Done || !is_there(step_));
    if (takes_files && !context.dropped_files.empty()) take_file(context, context.dropped_files[0]);
    if (work_ == Work::None && step_ == Step::Done) follow_undo(context);
    run_slices(context);
    kit::IdScope scope(context, static_cast<std::uint64_t>(step_));  // each step has its own scroll
    kit::PageBody body(context, {.width_max = 960, .gap = space::x6});
    { kit::PageHeader header(context, context.tr("ui.import.title"), {.subtitle = file_name_.empty() ? context.tr("ui.import.subtitle") : file_name_, .icon = Icon::Import, .divider = false}); }
    draw_steps(context);
    if (step_ != Step::Columns) draw_error(context);
    draw_step(context, route);
}

void ImportPage::draw_error(Context& context) {
    if (!error_.empty() && kit::banner(context, "error", error_, {.tone = Tone::Danger, .closable = true}) == 2) error_.clear();
}

void ImportPage::draw_step(Context& context, const Route& route) {
    if (work_ != Work::None) return draw_progress(context);
    if (!is_there(step_)) return draw_missing(context);
    switch (step_) {
        case Step::File: return draw_file(context, route);
        case Step::Columns: return draw_columns(context);
        case Step::Values: return draw_values(context);
        case Step::Preview: return draw_preview(context);
        case Step::Done: return draw_result(context);
    }
}

void ImportPage::draw_steps(Context& context) {
    std::vector<kit::PathStage> stages;
    for (const std::string_view key : step_keys) stages.push_back({context.tr(key)});
    const int pressed = kit::path(context, "steps", context.tr("ui.import.steps"), stages, static_cast<int>(step_));
    if (pressed < 0 || work_ == Work::Importing) return;
    const Step step = static_cast<Step>(pressed);
    if (step != step_ && is_there(step)) go(context, step);
}

// --- work in slices

Job* ImportPage::running() const {
    if (work_ == Work::None) return nullptr;
    return work_ == Work::Reading ? static_cast<Job*>(source_.get()) : job_.get();
}

void ImportPage::start(Context& context, Work work) {
    work_ = work;
    work_step_ = step_;
    last_frame_ = context.frame_milliseconds;
    slice_ = slice_microseconds_min;
    context.request_frame();
}

void ImportPage::stop_work() {
    if (Job* job = running()) job->cancel();
    if (work_ == Work::Reading) source_.reset();
    if (work_ != Work::None) forget_check();
    work_ = Work::None;
}

void ImportPage::fail(Context& context, const Error& error) {
    error_ = context.error_text(error);
    const bool was_reading = work_ == Work::Reading;
    stop_work();
    if (was_reading) file_.reset();
    context.announce(error_);
}

void ImportPage::run_slices(Context& context) {
    if (work_ == Work::None) return;
    context.request_frame();
    // Where a frame takes long by itself (a slow screen), the work gets as long again, or it would never come to its end.
    const std::int64_t between = (context.frame_milliseconds - last_frame_) * 1000 - slice_;
    slice_ = between > 20'000 ? std::min(between, slice_microseconds_max) : slice_microseconds_min;
    last_frame_ = context.frame_milliseconds;
    // The import's last slice edits records: after the frame, never while drawing.
    context.later([this, &context] {
        Job* job = running();
        if (!job) return;
        if (Status status = job->step(slice_); !status) return fail(context, status.error());
        work_done(context);
    });
}

void ImportPage::work_done(Context& context) {
    if (work_ == Work::Reading) {
        if (!source_->is_done()) return;
        work_ = Work::None;
        plan_anew(context);
        if (step_ == Step::File || step_ == Step::Done) go(context, Step::Columns);
        else if (step_ != Step::Columns) replace(context, Step::Columns);
    } else if (work_ == Work::Checking && job_->is_waiting()) {
        find_open_values(context);
        if (open_.empty()) return proceed(context);
        work_ = Work::None;
        go(context, Step::Values);
    } else if (job_->is_previewed()) {
        is_preview_renewed_ = work_ == Work::Importing;
        work_ = Work::None;
        preview_ = job_->preview();
        if (step_ != Step::Preview) go(context, Step::Preview);
    } else if (job_->is_done()) {
        show_result(context);
    }
}

void ImportPage::draw_progress(Context& context) {
    Job& job = *running();
    kit::Card card(context, {.padding = Insets::all(space::x6)});
    if (!kit::progress_bar(context, context.tr(job.phase_key()), static_cast<float>(job.progress()), file_name_, context.tr("ui.import.cancel"))) return;
    const bool was_reading = work_ == Work::Reading;
    stop_work();
    if (was_reading) restart();
    context.toast(context.tr("ui.import.cancelled"));
}

// --- the check and the import

void ImportPage::start_check(Context& context) {
    forget_check();
    error_.clear();
    plan_.create_missing = create_missing_;
    plan_.create_missing.fields = true;   // a column was given a new field on purpose
    job_ = std::make_unique<ImportJob>(*source_, plan_, context.records(), context.workspace().editor(), context.clock(), context.messages());
    job_->stop_for_decisions();
    job_->stop_for_preview();
    start(context, Work::Checking);
}

void ImportPage::proceed(Context& context) {
    CreateMissing missing = create_missing_;
    missing.fields = true;
    preview_.reset();
    job_->proceed(choices_, missing, false);
    start(context, Work::Previewing);
}

void ImportPage::show_result(Context& context) {
    report_ = job_->report();
    is_taken_back_ = false;
    work_ = Work::None;
    forget_check();
    replace(context, Step::Done);
    const auto counted = [&](std::uint32_t rows) { return number_text(context, rows); };
    context.announce(context.tr("ui.import.done", {counted(report_->created), counted(report_->updated - report_->unchanged), counted(report_->unchanged), counted(report_->failed)}));
}

}  // namespace outpost
