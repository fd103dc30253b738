// Field, PicklistValue, Object: the metadata of the data model. Standard and custom ones are the same kind of thing;
// `standard` only blocks deletion. A FieldIndex and a picklist code are never reused.
// Called by: objects/schema (owner), everything that reads or shows data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/types.h"
#include "core/objects/value.h"

namespace outpost {

enum class FieldType : std::uint8_t {
    Id, Text, TextArea, LongTextArea, Number, Currency, Percent, Checkbox, Date, DateTime, Picklist,
    MultiselectPicklist, Email, Phone, Url, Address, Location, Lookup, MasterDetail, AutoNumber, Formula, Summary,
};

std::string_view to_text(FieldType type);                               // "LongTextArea"; the Metadata API's names
std::optional<FieldType> parse_field_type(std::string_view text);       // ignoring case; also "String", "Boolean", "Reference" ...
std::string_view describe_type(FieldType type);                         // the REST describe's names: "string", "reference", ...

// How a type lies in memory.
enum class ColumnKind : std::uint8_t {
    None,     // no column of its own: Id, Address, Location, IsDeleted
    Text,     // Text, TextArea, LongTextArea, Email, Phone, Url, MultiselectPicklist
    Decimal,  // Number, Currency, Percent, AutoNumber: int64 units at the field's scale
    Instant,  // DateTime: int64 milliseconds
    Day,      // Date: int32 days
    Flag,     // Checkbox: uint8, never null
    Code,     // Picklist: uint16, 0 is null, else index into Field::values + 1
    Row,      // Lookup to one object: uint32 row of the target
    Ref,      // Lookup to one of several objects: RecordRef
};

enum class ForecastCategory : std::uint8_t { Omitted, Pipeline, BestCase, Commit, Closed };
std::string_view to_text(ForecastCategory category);                    // "BestCase": the API value
std::optional<ForecastCategory> parse_forecast_category(std::string_view text);

struct PicklistValue {
    std::string value;           // API value, what is stored and queried
    std::string label;           // shown; "" means the value itself
    bool active = true;          // inactive values stay on old records, can't be chosen
    bool is_default = false;
    std::uint16_t position = 0;  // order in which values are shown
    std::uint32_t color = 0;     // 0xRRGGBB, 0 is none
    // Meaning that stages, lead statuses and task statuses carry.
    bool closed = false;         // stage, lead and task status
    bool won = false;            // stage
    bool converted = false;      // lead status
    std::uint8_t probability = 0;  // stage, percent
    ForecastCategory forecast = ForecastCategory::Pipeline;  // stage
    // Of a dependent picklist: codes of the controlling field's values with which it may be chosen; empty: with all.
    std::vector<std::uint16_t> valid_for;
    // What a path shows while a record stands here, and asks for before it goes on.
    std::string guidance;                     // at most guidance_length code points
    std::vector<FieldIndex> key_fields;       // at most key_fields_max
    std::vector<FieldIndex> required_fields;
    bool operator==(const PicklistValue&) const = default;
};

// Where the value of a lead's field goes when the lead is converted: a field of the account, contact or opportunity;
// no_field: nowhere.
struct ConversionTarget {
    ObjectIndex object = no_object;
    FieldIndex field = no_field;
    bool operator==(const ConversionTarget&) const = default;
};

inline constexpr std::size_t guidance_length = 1000, key_fields_max = 5;  // Salesforce's path: 1,000 characters, 5 fields

struct Field {
    FieldIndex index = no_field;
    std::string name;                  // API name: "StageName", "Region__c"
    std::string label;                 // English or the admin's own; standard labels are translated by the catalogue
    bool label_overridden = false;     // the admin changed a standard label: shown as it is in every language
    FieldType type = FieldType::Text;
    bool standard = false;
    bool deleted = false;              // DeleteField; the index stays taken
    bool required = false;
    bool import_may_omit = false;      // required of a person, but many records at once may come without it
    bool unique = false;
    bool external_id = false;
    bool case_sensitive = false;       // its values that differ in case alone are different ones (Salesforce's caseSensitive)
    bool calculated = false;           // derived by the core (ExpectedRevenue, a person's Name); not writable
    bool system = false;               // CreatedDate and such; not writable
    bool hidden = false;               // not offered in forms and lists
    bool restricted = true;            // picklists: only listed values
    bool name_field = false;      // the object's name field
    std::uint32_t length = 255;        // text: code points at most
    std::uint8_t precision = 18;       // numbers: digits in all
    std::uint8_t scale = 0;            // numbers: decimal places
    std::vector<PicklistValue> values;
    FieldIndex controller = no_field;  // dependent picklists: the picklist whose value decides which values are offered
    std::vector<ObjectIndex> reference_to;
    std::string relationship_name;        // parent path: "Account" for AccountId, "Site__r" for Site__c
    std::string child_relationship_name;  // in the parent: "Opportunities"
    std::string compound;                 // Address component fields: name of their compound field
    std::string default_value;            // as text in its JSON form
    std::string formula;                  // Formula; kept, evaluated by core/formula
    std::string display_format;           // AutoNumber: "SV-{0000}"
    std::string help;
    std::vector<ConversionTarget> converts_to;  // of a lead's field; an object that is not named: its field of the same API name
    bool operator==(const Field&) const = default;

    bool is_lookup() const { return type == FieldType::Lookup || type == FieldType::MasterDetail; }
    bool is_picklist() const { return type == FieldType::Picklist; }
    bool is_number() const { return type == FieldType::Number || type == FieldType::Currency || type == FieldType::Percent; }
    bool is_text() const;
    bool holds_same(std::string_view one, std::string_view other) const;  // where values are to be unique, or name a record
    bool writable() const { return !system && !calculated && type != FieldType::AutoNumber && type != FieldType::Formula &&
                                   type != FieldType::Summary && type != FieldType::Id; }
    ColumnKind column_kind() const;
    // Code (index + 1) of a picklist value by API value, or by label; 0 when there is none.
    std::uint16_t find_code(std::string_view value_or_label) const;
    std::vector<std::uint16_t> codes_in_order(bool active_only) const;  // by position
    std::uint16_t default_code() const;                                 // of the active default; 0 none
};

struct Object {
    ObjectIndex index = no_object;
    std::string name;           // API name: "Opportunity", "Site_Visit__c"
    std::string label;
    std::string plural_label;
    bool label_overridden = false;
    bool standard = false;
    bool deleted = false;
    bool hidden = false;        // not in navigation (OpportunityContactRole)
    std::string icon;           // name of a symbol of the icon set, "" default
    std::vector<Field> fields;  // by FieldIndex; holes have deleted = true and no name
    FieldIndex name_field{6};
    FieldIndex board_field = no_field;    // picklist that gives the board its lanes; no_field: no board
    bool operator==(const Object&) const = default;

    const Field* find_field(std::string_view api_name) const;           // ignoring case; not deleted ones
    const Field* find_relationship(std::string_view name) const;        // lookup field by its parent path name
    const Field& field(FieldIndex index) const;                         // must exist
    bool has_field(FieldIndex index) const;                             // exists and is not deleted
};

// Fields with the same index in every object.
namespace system_field {
inline constexpr FieldIndex id{0}, is_deleted{1}, created_date{2}, created_by{3}, last_modified_date{4},
    last_modified_by{5}, name{6}, owner{7};
}
inline constexpr std::uint16_t field_first_standard = 8;
inline constexpr std::uint16_t field_first_custom = 128;
inline constexpr std::uint16_t object_first_custom = 64;

}  // namespace outpost
