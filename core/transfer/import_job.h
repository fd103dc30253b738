// ImportJob: carries out a plan on a prepared source. It reads the columns in slices into columnar batches, finds what
// each value means, and at the end performs one edit: new fields and picklist values, records that lookups name, new
// records, updated ones. Until then nothing is touched, so that a cancelled import leaves nothing; one undo takes all
// of it back. Rows with faults are handed back as CSV with the reason. Called by: shell, ui (import wizard), tests.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/messages.h"
#include "core/edit/editor.h"
#include "core/transfer/import_values.h"

namespace outpost {

struct ImportReport {
    std::uint32_t total = 0;             // data rows in the file
    std::uint32_t created = 0;
    std::uint32_t updated = 0;
    std::uint32_t failed = 0;
    std::uint32_t records_made = 0;      // that lookups named and that weren't there
    std::vector<std::string> fields_made;          // API names
    struct ValueMade { std::string field, value; };
    std::vector<ValueMade> values_made;            // picklist values
    struct Suggestion { std::string header, value, suggestion; std::uint32_t rows = 0; bool taken = false; };
    std::vector<Suggestion> suggestions;           // values that are alike something, taken for it or not
    std::vector<std::string> skipped_headers;      // columns that went nowhere
    std::vector<std::string> notes;                // sentences for the person: date order, encoding, repaired text
    std::string failures_csv;                      // "" when no row failed
    std::vector<std::string> first_reasons;        // of the first few bad rows, with their place
    CommandOutcome outcome;                        // sequence 0 when nothing was changed
};

// {"ok": true, "total", "created", "updated", "failed", "failures_csv", "undo_seq", ...}
Json report_to_json(const ImportReport& report);

class ImportJob final : public Job {
public:
    // Source (done), editor and clock must stay. `records` are those that the editor edits.
    ImportJob(const ImportSource& source, ImportPlan plan, const Records& records, Editor& editor, Clock& clock, const Messages& messages);
    ~ImportJob() override;

    // Works until the values are looked at and, unless `stop_for_decisions`, on to the end.
    Status step(std::int64_t budget_microseconds) override;
    bool is_done() const override;
    double progress() const override;
    std::string_view phase_key() const override;
    void cancel() override;

    // A person wants to see what becomes of the values before anything is made.
    void stop_for_decisions() { stops_ = true; }
    bool is_waiting() const;                                       // values are looked at: see decisions()
    const std::vector<ColumnDecisions>& decisions() const;
    // Goes on with the person's choices added to the plan's; looks at the values again.
    void proceed(std::vector<ValueChoice> choices, CreateMissing create_missing, bool accept_suggestions);

    const ImportReport& report() const;

private:
    struct State;
    std::unique_ptr<State> state_;
    bool stops_ = false;
};

// A whole import at once: file bytes and the options of the scripting contract in, report out.
Result<ImportReport> run_import(std::string bytes, ObjectIndex object, const Json& options, const Records& records, Editor& editor,
                                Clock& clock, const Messages& messages, TextDecoder* decoder);

}  // namespace outpost
