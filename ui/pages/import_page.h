// ImportPage: the import wizard: choose a file, say where its columns go, decide on values that are not known, see what
// the import will do, watch it run, and get the rows back that did not fit. Only the preview's button writes.
// Invariant: each step has its own address (?step=), so that back leads to the step before it; the file stays with the
// page and is read, checked and imported in slices, so that the page stays responsive. Going elsewhere stops the work.
// Called by: the page registry ("#/import").
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/transfer/encoding.h"
#include "core/transfer/import_job.h"
#include "ui/kit/kit.h"
#include "ui/page.h"

namespace outpost {

class ImportPage : public Page {
public:
    std::string title(Context& context, const Route& route) override;
    void draw(Context& context, const Route& route) override;
    void leave(Context& context) override;
    bool holds_draft() const override { return source_ != nullptr && !report_; }

private:
    enum class Step : std::uint8_t { File, Columns, Values, Preview, Done };
    enum class Work : std::uint8_t { None, Reading, Checking, Previewing, Importing };
    // A value that somebody has to decide on, as the first check found it.
    struct OpenValue {
        std::string value;
        std::uint32_t rows = 0;
        ValueDecision decision;
        std::vector<kit::Choice> candidates;   // Ambiguous: the first of the records that match
        std::string before;                    // what was decided in an earlier import, "" nothing
    };
    struct OpenColumn { std::uint32_t column = 0; Field field; std::vector<OpenValue> values; };

    static std::string number_text(Context& context, std::uint64_t value);
    static Step step_of(const Route& route);

    // The wizard itself (import_page.cpp).
    bool is_there(Step step) const;
    void follow(Context& context, const Route& route);
    void go(Context& context, Step step);
    void replace(Context& context, Step step);
    void draw_steps(Context& context);
    void draw_step(Context& context, const Route& route);
    void draw_error(Context& context);
    void draw_progress(Context& context);
    Job* running() const;
    void start(Context& context, Work work);
    void stop_work();
    void run_slices(Context& context);
    void work_done(Context& context);
    void fail(Context& context, const Error& error);
    void restart();
    void forget_check();
    void start_check(Context& context);
    void proceed(Context& context);
    void show_result(Context& context);

    // The file and its columns (import_page_columns.cpp).
    void draw_file(Context& context, const Route& route);
    void draw_missing(Context& context);
    void choose_file(Context& context);
    void take_file(Context& context, const PickedFile& file);
    void read_again(Context& context);
    void plan(Context& context, ObjectIndex object);
    void plan_anew(Context& context);
    void draw_columns(Context& context);
    void draw_file_facts(Context& context);
    void draw_date_order(Context& context);
    void draw_column(Context& context, std::uint32_t column);
    void draw_target(Context& context, std::uint32_t column);
    void draw_new_field(Context& context, std::uint32_t column);
    void draw_options(Context& context);
    void set_target(Context& context, std::uint32_t column, std::string_view target);
    bool is_left_out(std::uint32_t column) const;
    void draw_left_out(Context& context, bool with_way_back);

    // The values that are not known (import_page_values.cpp).
    void find_open_values(Context& context);
    void draw_values(Context& context);
    void draw_value(Context& context, const OpenColumn& column, const OpenValue& value);
    const ValueChoice* choice_of(const std::string& header, const std::string& value) const;
    void draw_choice_for_all(Context& context, const OpenColumn& column);
    void keep_decisions(Context& context) const;
    void set_choice(const std::string& header, const std::string& value, const std::string& chosen);

    // What it will do, and what it did (import_page_preview.cpp).
    void draw_preview(Context& context);
    void draw_unchanged(Context& context, const ImportReport& report);
    void draw_made_along(Context& context);
    void draw_notes(Context& context, const ImportReport& report);
    void draw_way_back(Context& context, const ImportReport::Reason& reason);
    void draw_reasons(Context& context, const ImportReport& report, std::string_view title, std::string_view help);
    void draw_result(Context& context);
    void draw_result_actions(Context& context);
    void follow_undo(Context& context);
    std::string imported_list(Context& context) const;

    Step step_ = Step::File;
    Work work_ = Work::None;
    Step work_step_ = Step::File;               // where the work was started: elsewhere it ends
    std::int64_t slice_ = 0, last_frame_ = 0;   // of it, microseconds; when the last one began, milliseconds
    std::string file_name_;
    std::shared_ptr<ByteSource> file_;          // as it came, to read it again with other options
    ImportSourceOptions source_options_;
    std::shared_ptr<ImportSource> source_;
    ImportPlan plan_;
    std::vector<std::string> planned_headers_;  // that plan_ is for; none: for no file yet
    std::vector<kit::Choice> targets_;          // of plan_.object
    std::unique_ptr<ImportJob> job_;
    CreateMissing create_missing_;
    std::vector<OpenColumn> open_;
    std::vector<ValueChoice> choices_;
    std::optional<ImportReport> preview_, report_;
    bool is_preview_renewed_ = false;           // the records changed while the preview stood there
    bool is_taken_back_ = false;                // the import of report_ was undone
    std::string error_;
    std::string preferred_object_;              // from the address: the list that one came from
};

}  // namespace outpost
