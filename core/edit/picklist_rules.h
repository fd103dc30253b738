// Picklist rules: which values a dependent picklist offers (an opportunity's stages by its pipeline), and which fields a
// stage asks for before a record leaves it.
// Invariant: no step of a transaction leaves a record with a value that its controlling value doesn't offer.
// Called by: transaction, validate, import; ui (choices, paths, the board).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/edit/change.h"
#include "core/edit/validate.h"
#include "core/objects/records.h"

namespace outpost {

// A dependent picklist with its controlling one. Where that one is null its default counts; without one all is offered.
class DependentPicklist {
public:
    DependentPicklist(const Field& field, const Field& controlling) : field_(field), controlling_(controlling), default_(controlling.default_code()) {}

    const Field& field() const { return field_; }
    const Field& controlling() const { return controlling_; }
    bool offers(std::uint16_t code, std::uint16_t controlling_code) const;
    // What a record begins with: the default where it is offered, else of a required field the first open value that is;
    // 0 for none.
    std::uint16_t first(std::uint16_t controlling_code) const;
    Error refusal(const Object& object, std::uint16_t code, std::uint16_t controlling_code) const;

private:
    const Field& field_;
    const Field& controlling_;
    std::uint16_t default_;
};

// None when the field depends on nothing, or none of its values says on what. Lives as long as the object's fields.
std::optional<DependentPicklist> dependent_picklist(const Object& object, const Field& field);
std::vector<DependentPicklist> dependent_picklists(const Object& object);

// The code that a record has, 0 for null.
std::uint16_t code_of(const Records& records, RecordRef record, const Field& field);
// The first active value, in order, that closes a task (or leaves it open): its API value, "" for none.
std::string first_status(const Field& status, bool closed);
// Active values that may be chosen, in order; `controlling_code` is of the field that the picklist depends on.
std::vector<std::uint16_t> offered_codes(const Object& object, const Field& field, std::uint16_t controlling_code);
// The same for a record as it is; fields without a controlling one give all their active values.
std::vector<std::uint16_t> offered_codes(const Records& records, RecordRef record, const Field& field);

// Faults of columns of values to come, one value a row or one for all; `rows` is empty for `count` new records.
void check_dependents(const Records& records, const Object& object, std::span<const RowIndex> rows, std::uint32_t count,
                      const std::vector<FieldColumn>& columns, const FaultSink& sink);
// Dependent values that aren't given and no longer offered become the first that is offered (required), else null.
void settle_dependents(const Records& records, const Object& object, std::span<const RowIndex> rows, std::vector<FieldColumn>& columns);

// The fields that are empty and must not be, when a record goes on to the value `to` of its path: those that the value it
// has and the open ones passed on the way ask for. Going back asks for nothing, and neither does losing or another pipeline. `given` are
// written along with the move.
std::vector<FieldIndex> missing_before(const Records& records, RecordRef record, const Field& path, std::uint16_t to, const std::vector<FieldColumn>& given);

}  // namespace outpost
