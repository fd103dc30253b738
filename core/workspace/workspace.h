// Workspace: the one door to the core. The page, the scripting interface, the native shell and the tests all execute
// commands and run queries here. Owns the records, the editor and the database.
// Invariant: everything that a person can do is a command or a query, each with a JSON form.
// Called by: ui and shell.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/messages.h"
#include "core/base/ports.h"
#include "core/base/working_time.h"
#include "core/edit/editor.h"
#include "core/query/query.h"
#include "core/store/database.h"

namespace outpost {

struct WorkspacePorts {
    Clock* clock = nullptr;
    Random* random = nullptr;
    Storage* storage = nullptr;
    Log* log = nullptr;
};

class Workspace {
public:
    explicit Workspace(WorkspacePorts ports);
    ~Workspace();

    // Opens the store; makes the first user and organization on a first visit. Calls back once.
    void open(std::function<void(Result<OpenReport>)> done);
    bool is_open() const;

    const Records& records() const;
    const Schema& schema() const;
    Editor& editor();
    Database& database();

    Result<CommandOutcome> execute(const Command& command);
    // A command from its JSON form; "where" of a mass command is answered here.
    Result<Command> parse(const Json& command) const;
    // The scripting contract: a command's JSON to its answer's JSON ({"ok": true, "seq": n, "id": ...} or
    // {"ok": false, "error": {...}}). `sequence` is what to wait for before the answer is given out as durable.
    Json execute_json(const Json& command, Sequence& sequence);
    // SOQL to the contract's answer, as JSON text.
    std::string query_json(std::string_view soql);
    // The same as bytes (core/query/columns_answer.h); nothing where only JSON will do: errors, queries within SELECT.
    std::optional<Bytes> query_columns(std::string_view soql) const;
    // The answer of describe() or describe(object).
    Json describe_json(std::string_view object) const;

    Result<RowSelection> select(const Query& query) const;
    Result<AggregateAnswer> aggregate(const Query& query) const;
    QueryContext query_context() const;
    Result<CommandOutcome> undo();
    Result<CommandOutcome> redo();

    // Settings of the organization and the current user.
    RecordRef current_user() const;
    std::string currency() const;                 // ISO 4217
    int fiscal_start_month() const;
    WorkingTime working_time() const;
    Milliseconds now() const;
    Days today() const;                           // in the person's local time

    Sequence applied_sequence() const;
    Sequence durable_sequence() const;
    // Rises whenever anything shown may have changed.
    std::uint64_t revision() const;
    // Once a frame: flush and housekeeping.
    void tick();

    const Messages& messages() const;
    void set_language(Language language);
    // The page, once a frame: weeks of lists and scripts (THIS_WEEK, the task feed) begin as its locale's do (0 Sunday, 1
    // Monday), and a new day changes what relative dates find. Without a page they begin on Sunday, as in Salesforce's American English.
    void follow_calendar(int first_weekday);
    int first_weekday() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace outpost
