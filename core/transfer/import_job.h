// ImportJob: carries out a plan on a prepared source. It reads the columns in slices into columnar batches, finds what
// each value means, and at the end performs one edit: new fields and picklist values, records that lookups name, new
// records, updated ones. Until then nothing is touched, so that a cancelled import leaves nothing; one undo takes all
// of it back. Rows with faults are handed back as CSV with the reason. A preview is the same edit tried and taken back, so
// that what it counts is what comes about. Called by: shell, ui (import wizard), tests.
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
    std::uint32_t unchanged = 0;         // of the updated: those of which the file says nothing new
    std::uint32_t failed = 0;
    std::uint32_t routed = 0;            // of the created leads: those that an assignment rule entry was for
    std::uint32_t records_made = 0;      // that lookups named and that weren't there
    std::vector<std::string> fields_made;          // API names
    struct ValueMade { std::string field, value; };
    std::vector<ValueMade> values_made;            // picklist values
    struct Suggestion { std::string header, value, suggestion; std::uint32_t rows = 0; bool taken = false; };
    std::vector<Suggestion> suggestions;           // values that are alike something, taken for it or not
    struct Column { std::string header, field; bool is_alike = false; };
    std::vector<Column> columns;                   // what went where; alike: by a name that only comes near
    std::vector<std::string> skipped_headers;      // columns that went nowhere
    std::vector<std::string> notes;                // sentences for the person: date order, encoding, repaired text
    std::string failures_csv;                      // "" when no row failed
    std::vector<std::string> first_reasons;        // of the first few bad rows, with their place
    struct BadRow { std::uint32_t row = 0; std::string reason; };
    std::vector<BadRow> bad_rows;                  // the first thousand, ascending; 0 the first row below the header
    // Why rows are handed back, by column and kind of fault, the commonest first. A row may have several.
    struct Reason {
        std::string message_key;                   // of the rows' errors
        std::string header;                        // the column; "" the row as a whole
        std::string text;                          // "Not a number"
        std::uint32_t rows = 0;
        struct Example { std::uint32_t row_number = 0; std::string value; };
        std::vector<Example> examples;             // the first few, as the person finds them in the file
    };
    std::vector<Reason> reasons;
    bool is_preview = false;                       // nothing was written
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

    // Stops before anything is written; preview() then says what write() will do. When the records change in between,
    // write() stops at a new preview.
    void stop_for_preview() { previews_ = true; }
    bool is_previewed() const;
    const ImportReport& preview() const;
    void write();

    const ImportReport& report() const;

private:
    struct State;
    std::unique_ptr<State> state_;
    bool stops_ = false;
    bool previews_ = false;
};

// A whole import at once: file bytes and the options of the scripting contract in, report out. With the option dryRun
// the report is a preview.
Result<ImportReport> run_import(std::string bytes, ObjectIndex object, const Json& options, const Records& records, Editor& editor,
                                Clock& clock, const Messages& messages, TextDecoder* decoder);

}  // namespace outpost
