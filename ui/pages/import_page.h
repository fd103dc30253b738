// ImportPage: the import wizard: choose a file, see how it was read, say where the columns go, decide on values that are
// not known, watch it run, and get the rows back that did not fit. Nothing is written before the last step.
// Invariant: the file is read and imported in slices, so that the page stays responsive; leaving the page cancels.
// Called by: the page registry ("#/import").
#pragma once

#include <memory>
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

private:
    enum class Step : std::uint8_t { File, Reading, Columns, Checking, Values, Importing, Result };

    void draw_steps(Context& context);
    void draw_file(Context& context, const Route& route);
    void draw_progress(Context& context, Job& job);
    void draw_columns(Context& context);
    void draw_file_facts(Context& context);
    void draw_column(Context& context, std::uint32_t column);
    void draw_options(Context& context);
    void draw_values(Context& context);
    void draw_value(Context& context, const ColumnDecisions& column, std::uint32_t index);
    void draw_result(Context& context);
    std::uint32_t open_values(const ColumnDecisions& column) const;
    void offer_suggestions();

    void take_file(Context& context, const PickedFile& file);
    void read_again(Context& context);
    void plan(Context& context, ObjectIndex object);
    void start_job(Context& context);
    void proceed(Context& context);
    void show_result(Context& context);
    void run_slices(Context& context);
    void fail(Context& context, const Error& error);
    void restart();
    void back_to_columns();
    const ValueChoice* choice_of(const std::string& header, const std::string& value) const;
    void set_choice(const std::string& header, const std::string& value, const std::string& chosen);

    Step step_ = Step::File;
    std::string file_name_;
    std::string bytes_;                         // the file as it came, to read it again with other options
    ImportSourceOptions source_options_;
    std::shared_ptr<ImportSource> source_;
    ImportPlan plan_;
    std::vector<kit::Choice> targets_;          // of plan_.object
    std::unique_ptr<ImportJob> job_;
    CreateMissing create_missing_;
    bool accept_suggestions_ = false;
    std::vector<ValueChoice> choices_;
    ImportReport report_;
    std::string error_;
    std::string preferred_object_;              // from the address: the list that one came from
};

}  // namespace outpost
