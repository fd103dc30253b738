// RandomCommands: what a person, a script or an import might do next, drawn from a seed: valid commands mostly, some
// that must be refused. Called by: the simulation.
#pragma once

#include "core/edit/editor.h"
#include "tests/support/fake_ports.h"

namespace outpost::testing {

// Who performs conversions and merges in an editor without a workspace.
void set_sales_handlers(Editor& editor);

class RandomCommands {
public:
    explicit RandomCommands(FakeRandom& random) : random_(random) {}
    // Performs one edit on the editor. False when it was refused (which must leave no trace).
    bool perform(Editor& editor, const Records& records);
    // With undo and redo left out: everything that happened stands on the stack in order.
    bool perform_forward(Editor& editor, const Records& records);

private:
    ObjectIndex some_object(const Records& records);
    RecordRef some_record(const Records& records, ObjectIndex object, RowState state = RowState::Live);
    std::vector<RowIndex> some_rows(const Records& records, ObjectIndex object);
    Value some_value(const Field& field, const Records& records);
    std::vector<FieldValue> some_fields(const Records& records, ObjectIndex object, std::size_t count_max);
    std::string text(std::string_view prefix);
    Result<CommandOutcome> create(Editor& editor, const Records& records);
    Result<CommandOutcome> import(Editor& editor);
    Result<CommandOutcome> define(Editor& editor, const Records& records);
    Result<CommandOutcome> convert(Editor& editor, const Records& records);

    FakeRandom& random_;
    int names_ = 0;
};

}  // namespace outpost::testing
