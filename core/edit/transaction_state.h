// The inside of a Transaction, shared by the files that implement it: the collected group and the single steps.
// Called by: transaction*.cpp.
#pragma once

#include "core/edit/apply.h"
#include "core/edit/editor.h"
#include "core/edit/validate.h"

namespace outpost {

struct Transaction::State {
    State(Records& given_records, const EditContext& given_context)
        : records(given_records), context(given_context), applier(given_records, given_context.clock->now(), given_context.user) {
        group.time = given_context.clock->now();
        group.user = given_context.user;
    }

    Records& records;
    EditContext context;
    ChangeGroup group;
    Applier applier;
    bool protected_allowed = false;
    bool committed = false;
    Status readable;                  // whether all steps so far can be read back

    const Object& object(ObjectIndex index) const { return records.schema().object(index); }
    // A step that could not be read back from a journal is found here, and the edit refused when all was tried.
    void perform(Change change) {
        if (Status fits = applier.check(change); !fits && readable) readable = std::move(fits);
        applier.perform(change);
        group.changes.push_back(std::move(change));
    }
    // Performs the step after the checks that a group from outside would get.
    Status perform_checked(Change change) {
        OUTPOST_CHECK(applier.check(change));
        perform(std::move(change));
        return {};
    }

    // Already validated columns, one value for all or one a record; adds auto-numbers and what follows from the values.
    RowIndex add_records(ObjectIndex object, std::uint32_t count, std::vector<FieldColumn> columns);
    // Already validated columns; drops what doesn't change anything, adds what follows and the modification stamps.
    void change_records(ObjectIndex object, std::vector<RowIndex> rows, std::vector<FieldColumn> columns);
    // What a new stage or status brings along.
    void add_effects_of_creation(ObjectIndex object, std::uint32_t count, std::vector<FieldColumn>& columns);
    void add_effects_of_change(ObjectIndex object, const std::vector<RowIndex>& rows, std::vector<FieldColumn>& columns);
    void add_stage_history(const std::vector<RowIndex>& moved);
    // Common checks of an update: live, not a converted lead, hierarchy without cycles.
    Status check_rows(const Object& object, const std::vector<RowIndex>& rows) const;
    Status check_cycles(const Object& object, const Field& field, const std::vector<RowIndex>& rows, const Column& targets) const;
    Status check_unique(const Object& object, const Field& field, const std::vector<RowIndex>& rows, const Column& values) const;
    // Values that their controlling picklist doesn't offer are refused, or where they aren't given made to fit.
    Status settle_picklists(const Object& object, const std::vector<RowIndex>& rows, std::vector<FieldColumn>& columns) const;
    // An event ends after it starts, and its end goes along with its start; a series ends after it begins.
    Status settle_times(ObjectIndex object, const std::vector<RowIndex>& rows, std::vector<FieldColumn>& columns) const;
    // An opportunity's Amount is its lines' while it has some.
    Status check_amounts(ObjectIndex object, const std::vector<RowIndex>& rows, const std::vector<FieldColumn>& columns) const;
    // Brings Amount and HasOpportunityLineItem of these opportunities in line with their lines.
    Status settle_amounts(const std::vector<RowIndex>& opportunities);
    // Changes records, and with lines the opportunities that they belonged and now belong to.
    Status change_and_settle(ObjectIndex object, std::vector<RowIndex> rows, std::vector<FieldColumn> columns);
    // An opportunity has one primary contact role, the newest one that was made so; or, where `roles` (ascending) come back
    // from the recycle bin, the one that is there.
    void keep_one_primary(const std::vector<RowIndex>& roles, bool newcomers_stay);
    // `with_master`: because their master goes or comes back.
    Status set_state(ObjectIndex object, std::vector<RowIndex> rows, RowState after, bool with_master);
    // What points to these records points to nothing then, in the recycle bin too; their own details go with them.
    void detach(ObjectIndex object, const std::vector<RowIndex>& rows);
    // Before RowState::Removed a flag of its own said which lines were deleted by themselves: data of then still has it.
    void clear_removed(const std::vector<RowIndex>& lines);
    void drop_removed(std::vector<RowIndex>& lines) const;
    RecordId next_id(ObjectIndex object, std::uint32_t count);
    // Adds a value to a picklist that isn't restricted.
    Status ensure_listed(ObjectIndex object, FieldIndex field, const Value& value);
    // `rows`: of the records that get them; empty: a new one.
    Result<std::vector<FieldValue>> fit_fields(ObjectIndex object, std::vector<FieldValue> fields, std::span<const RowIndex> rows = {});
};

// The column of a list that belongs to a field, or null.
FieldColumn* find_column(std::vector<FieldColumn>& columns, FieldIndex field);

}  // namespace outpost
