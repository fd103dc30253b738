// Command: what is wanted, by a person, a script, an import or a test. Every command has a JSON form
// ({"command": "UpdateRecord", "object": "Lead", "id": "...", "fields": {...}}); the names are fixed by the scripting
// contract. A command touches nothing until Editor::execute plans, validates and applies it.
// Called by: ui and shell (through workspace), transfer, tests.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/json.h"
#include "core/edit/change.h"
#include "core/objects/records.h"

namespace outpost {

struct FieldValue {
    FieldIndex field = no_field;
    Value value;
};

struct CreateRecord {
    ObjectIndex object = no_object;
    std::vector<FieldValue> fields;
    bool apply_defaults = true;  // picklist defaults, owner = the current user
};
struct UpdateRecord {
    RecordRef record;
    std::vector<FieldValue> fields;
};
// The same values into many records (mass edit, owner change).
struct UpdateRecords {
    ObjectIndex object = no_object;
    std::vector<RowIndex> rows;   // ascending, each once
    std::vector<FieldValue> fields;
};
struct DeleteRecords {
    ObjectIndex object = no_object;
    std::vector<RowIndex> rows;
};
// Out of the recycle bin for good, with their details; what pointed to them points to nothing. Users, queues and the
// organization stay: what was done refers to them.
struct EmptyRecycleBin {
    ObjectIndex object = no_object;
    std::vector<RowIndex> rows;   // ascending, each once; all in the bin
};
struct RestoreRecords {
    ObjectIndex object = no_object;
    std::vector<RowIndex> rows;
};
struct ConvertLead {
    RecordRef lead;
    std::string status;                        // a converted status; "" the first one
    RecordRef account;                         // existing, or none for a new one
    RecordRef contact;                         // existing, or none for a new one
    enum class OpportunityChoice : std::uint8_t { New, Existing, None } opportunity_choice = OpportunityChoice::New;
    RecordRef opportunity;                     // when Existing
    std::vector<FieldValue> opportunity_fields;  // when New: name, amount ... over the defaults
    RecordRef owner;                           // of the new records; none: the lead's owner
    std::vector<FieldValue> task_fields;       // of a follow-up task for the contact; empty: no task
    std::vector<FieldValue> account_fields, contact_fields;   // of new ones: over what the lead says
};
struct MergeRecords {
    ObjectIndex object = no_object;
    RecordRef master;
    std::vector<RecordRef> others;
    std::vector<FieldValue> fields;            // chosen values for the master
};
// Gives each lead the owner that the assignment rule says; those that no entry is for keep theirs.
struct RouteLeads { std::vector<RowIndex> rows; };   // ascending, each once
// The current user takes leads out of their queues. Refused when one of them is somebody's already.
struct TakeLeads { std::vector<RowIndex> rows; };    // ascending, each once
// Records into a segment, or out of it. Those that are in it already (or aren't) are passed over.
struct AddToSegment {
    RecordRef segment;                         // none: a new one is made
    std::string name;                          // of the new one
    ObjectIndex object = no_object;
    std::vector<RowIndex> rows;                // ascending, each once
};
struct RemoveFromSegment {
    RecordRef segment;
    ObjectIndex object = no_object;
    std::vector<RowIndex> rows;
};
// Changes or removes occurrences of a recurring event or task: this one alone (it becomes a record of its own), this and
// all that follow (the series is split), or all. `day`: on which the rule lets the occurrence begin, in the series' zone.
enum class OccurrenceScope : std::uint8_t { This, Following, All };
struct ChangeOccurrence {
    RecordRef series;
    Days day = 0;
    OccurrenceScope scope = OccurrenceScope::This;
    bool removes = false;
    std::vector<FieldValue> fields;            // over the occurrence's own
};
struct DefineObject { Object definition; };    // without index; fields only the name field's choices
struct UpdateObject { ObjectIndex object = no_object; Object definition; };
struct DeleteObject { ObjectIndex object = no_object; };
struct DefineField { ObjectIndex object = no_object; Field definition; };  // without index
struct UpdateField { ObjectIndex object = no_object; FieldIndex field = no_field; Field definition; };
struct DeleteField { ObjectIndex object = no_object; FieldIndex field = no_field; };
// A new pipeline of the opportunities with stages of its own, made after those of `source`; both by API value.
struct CopyPipeline { std::string source, name; bool is_default = false; };
struct Undo { Sequence sequence = 0; };        // 0: the newest that can be undone; else that group, if nothing later touched it
struct Redo {};
// A group that is already planned (import). Validated like the rest.
struct ApplyGroup { std::shared_ptr<ChangeGroup> group; };

// One command of a batch may be in JSON, since it can name what an earlier one defines or creates.
struct Batch { std::vector<Json> commands; };  // all or nothing, one undo

using Command = std::variant<CreateRecord, UpdateRecord, UpdateRecords, DeleteRecords, RestoreRecords, EmptyRecycleBin, ConvertLead,
                             MergeRecords, RouteLeads, TakeLeads, AddToSegment, RemoveFromSegment, ChangeOccurrence, DefineObject, UpdateObject, DeleteObject, DefineField, UpdateField, DeleteField,
                             CopyPipeline, Undo, Redo, ApplyGroup, Batch>;

// Reads the JSON form against the schema and records (lookups by id, by name or by another field of the target).
// "where" of an UpdateRecords or DeleteRecords is answered by the caller (workspace), which knows queries.
Result<Command> parse_command(const Json& json, const Records& records);
// One value in its JSON form (scripting contract) into a Value that fits the field.
Result<Value> parse_value(const Json& json, const Field& field, const Object& object, const Records& records);
// A Value in its JSON form: lookups as id text, dates as ISO text, numbers exact.
Json value_to_json(const Value& value, const Field& field, const Records& records);
// What a person typed or a file holds, into a Value that fits the field ("1 234,50", "yes", "Acme" for a lookup by name).
Result<Value> parse_text_value(std::string_view text, const Field& field, const Object& object, const Records& records);

struct CommandOutcome {
    Sequence sequence = 0;                 // of the journal entry; await durable_sequence() >= this. 0: nothing changed
    std::vector<RecordRef> created;        // CreateRecord: one; ConvertLead: account, contact, opportunity ({} for none)
    std::vector<CommandOutcome> parts;     // Batch
    std::uint64_t record_count = 0;        // records touched by a mass command
};

}  // namespace outpost
