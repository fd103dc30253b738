// A database in memory for tests of the core below the workspace: records, an editor with a fixed clock, and every
// group that was applied, as a journal would keep it.
#pragma once

#include <string>
#include <vector>

#include "core/base/messages.h"
#include "core/edit/initial_records.h"
#include "core/objects/standard.h"
#include "tests/support/ports.h"

namespace outpost::testing {

struct EditFixture {
    FakeClock clock;
    FakeRandom random{1};
    Records records;
    Editor editor{records, EditContext{&clock, &random, {}, 77}};
    std::vector<ChangeGroup> journal;

    EditFixture() {
        editor.on_group([this](const ChangeGroup& group) { journal.push_back(group); });
        create_initial_records(editor);
    }
    Result<CommandOutcome> run(std::string_view text) {
        const auto json = parse_json(text);
        if (!json) return std::unexpected(json.error());
        return editor.execute_json(*json);
    }
    // Performs a command that must succeed; gives the record it made.
    RecordRef make(std::string_view text) {
        const auto outcome = run(text);
        if (!outcome) return {};
        return outcome->created.empty() ? RecordRef{} : outcome->created[0];
    }
    std::string id(RecordRef record) const { return to_text(records.id_of(record)); }
    // The code with which a command is refused; "" when it isn't.
    std::string code(std::string_view text) {
        const auto outcome = run(text);
        return outcome ? std::string() : std::string(to_text(outcome.error().code));
    }
    std::string message(std::string_view text, Language language = Language::English) {
        const auto outcome = run(text);
        return outcome ? std::string() : Messages(language).error(outcome.error());
    }
    // A value as text, by API names.
    std::string text(RecordRef record, std::string_view field) const {
        const Field* found = records.schema().object(record.object).find_field(field);
        return found ? records.value_text(record, found->index) : "?";
    }
};

// All that a person could see of the records, as text: for comparing states. Rows that are Absent are left out, since
// an undone creation keeps its row.
std::string dump_records(const Records& records);
// The first line in which two such texts differ; "" when they are equal.
std::string first_difference(const std::string& a, const std::string& b);
// The derived columns, indexes and look-ups that differ from a naive recomputation; "" when none does.
std::string check_derived(const Records& records);

}  // namespace outpost::testing
