#include "ui/pages/default_layout.h"

#include <algorithm>
#include <span>

#include "core/base/sort_stably.h"
#include "core/base/text.h"

namespace outpost {

namespace {

struct SectionData {
    std::string_view title_key;
    std::string_view fields;      // API names, blank between
};

struct LayoutData {
    std::string_view object;
    std::string_view columns;
    std::string_view sort;
    std::string_view facts;
    std::string_view card_detail;
    std::string_view card_right;
    std::span<const SectionData> sections;
};

constexpr SectionData lead_sections[] = {
    {"ui.section.about", "Salutation FirstName LastName Company Title Industry"},
    {"ui.section.contact", "Email Phone MobilePhone Fax Website DoNotCall HasOptedOutOfEmail"},
    {"ui.section.qualification", "Status Rating LeadSource OwnerId AnnualRevenue NumberOfEmployees"},
    {"ui.section.address", "Address"},
    {"ui.section.notes", "Description"},
};
constexpr SectionData account_sections[] = {
    {"ui.section.about", "Name Type Industry ParentId OwnerId Rating"},
    {"ui.section.company", "Website Phone Fax AnnualRevenue NumberOfEmployees YearStarted AccountNumber AccountSource"},
    {"ui.section.address", "BillingAddress ShippingAddress"},
    {"ui.section.notes", "Description"},
};
constexpr SectionData contact_sections[] = {
    {"ui.section.about", "Salutation FirstName LastName AccountId Title Department ReportsToId OwnerId"},
    {"ui.section.contact", "Email Phone MobilePhone Fax DoNotCall HasOptedOutOfEmail"},
    {"ui.section.more", "LeadSource Birthdate"},
    {"ui.section.address", "MailingAddress"},
    {"ui.section.notes", "Description"},
};
constexpr SectionData opportunity_sections[] = {
    {"ui.section.about", "Name AccountId ContactId OwnerId Type LeadSource"},
    {"ui.section.forecast", "Pipeline StageName CloseDate Amount Probability ExpectedRevenue ForecastCategory Product2Id Pricebook2Id StartDate"},
    {"ui.section.next", "NextStep LostReason"},
    {"ui.section.notes", "Description"},
};
constexpr SectionData task_sections[] = {
    {"ui.section.about", "Subject Status ActivityDate Priority Type OwnerId WhoId WhatId ReminderDateTime Recurrence2PatternText"},
    {"ui.section.more", "CallType CallDurationInSeconds CallDisposition"},
    {"ui.section.notes", "Description"},
};
constexpr SectionData event_sections[] = {
    {"ui.section.about", "Subject Type StartDateTime EndDateTime IsAllDayEvent ReminderDateTime Recurrence2PatternText Location OwnerId WhoId WhatId"},
    {"ui.section.notes", "Description"},
};
constexpr SectionData product_sections[] = {
    {"ui.section.about", "Name ProductCode Family UnitPrice IsActive"},
    {"ui.section.notes", "Description"},
};
constexpr SectionData pricebook_sections[] = {
    {"ui.section.about", "Name IsActive IsStandard"},
    {"ui.section.notes", "Description"},
};
constexpr SectionData user_sections[] = {
    {"ui.section.about", "FirstName LastName Title Department ManagerId Region IsActive"},
    {"ui.section.contact", "Email Phone"},
};

constexpr LayoutData layouts[] = {
    {"Lead", "Name Company Status Email Phone OwnerId", "-CreatedDate", "Company Status Email Phone OwnerId", "Company", "Status", lead_sections},
    {"Account", "Name Type Industry BillingCity Phone Website OwnerId", "Name", "Type Industry Website Phone OwnerId", "Industry BillingCity", "Type", account_sections},
    {"Contact", "Name AccountId Title Email Phone OwnerId", "Name", "AccountId Title Email Phone OwnerId", "Title AccountId", "", contact_sections},
    {"Opportunity", "Name AccountId StageName Amount CloseDate OwnerId", "CloseDate", "AccountId Amount CloseDate Probability OwnerId", "AccountId StageName", "Amount", opportunity_sections},
    {"Task", "Subject Status ActivityDate Priority WhoId WhatId OwnerId", "ActivityDate", "Status ActivityDate Priority WhatId OwnerId", "WhatId WhoId", "ActivityDate", task_sections},
    {"Event", "Subject StartDateTime EndDateTime Location WhoId WhatId OwnerId", "StartDateTime", "StartDateTime EndDateTime Location OwnerId", "Location", "StartDateTime", event_sections},
    {"Product2", "Name ProductCode Family UnitPrice IsActive", "Name", "ProductCode Family UnitPrice IsActive", "Family", "UnitPrice", product_sections},
    {"User", "Name Title Email ManagerId Region IsActive", "Name", "Title Email ManagerId Region", "Title Email", "Region", user_sections},
    {"OpportunityContactRole", "ContactId Role IsPrimary OpportunityId", "", "OpportunityId Role IsPrimary", "Role", "", {}},
    {"OpportunityCompetitor", "CompetitorName Strengths Weaknesses IsWinner", "", "OpportunityId IsWinner", "Strengths", "", {}},
    {"Pricebook2", "Name IsActive Description", "Name", "IsActive", "Description", "", pricebook_sections},
    {"PricebookEntry", "Product2Id Pricebook2Id UnitPrice IsActive", "", "Pricebook2Id UnitPrice IsActive", "", "UnitPrice", {}},
    {"OpportunityLineItem", "Product2Id OpportunityId Quantity UnitPrice Discount TotalPrice", "", "OpportunityId Quantity UnitPrice Discount TotalPrice", "Quantity", "TotalPrice", {}},
};

// A picklist without a value to choose has nothing to say either (Pipeline, while there is one).
bool is_offered(const Field& field) {
    return !field.deleted && !field.hidden && !field.name.empty() && (!field.is_picklist() || !field.restricted || !field.values.empty());
}

std::vector<FieldIndex> find_fields(const Object& object, std::string_view names) {
    std::vector<FieldIndex> found;
    for (const std::string_view name : split(names, ' ')) {
        const Field* field = name.empty() ? nullptr : object.find_field(name);
        if (field && is_offered(*field)) found.push_back(field->index);
    }
    return found;
}

bool contains(const std::vector<FieldIndex>& fields, FieldIndex field) {
    return std::find(fields.begin(), fields.end(), field) != fields.end();
}

// Whether a field has a place of its own in sections: components stand within their compound.
bool stands_alone(const Object& object, const Field& field) {
    if (!is_offered(field) || field.type == FieldType::Id) return false;
    return field.compound.empty() || !object.find_field(field.compound);
}

void add_system_section(ObjectLayout& layout, const Object& object, const Messages& messages) {
    LayoutSection section{std::string(messages.text("ui.section.system")), find_fields(object, "CreatedById CreatedDate LastModifiedById LastModifiedDate"), true};
    if (!section.fields.empty()) layout.sections.push_back(std::move(section));
}

// Fields that no section has: the object's own first, then those that only the core sets and which have a value to tell.
std::vector<FieldIndex> fields_left(const Object& object, const ObjectLayout& layout) {
    std::vector<FieldIndex> left;
    for (const Field& field : object.fields) {
        if (!stands_alone(object, field) || field.system) continue;
        if (field.calculated && field.standard && !has_parts(field)) continue;
        const bool placed = std::any_of(layout.sections.begin(), layout.sections.end(),
                                        [&](const LayoutSection& section) { return contains(section.fields, field.index); });
        if (!placed) left.push_back(field.index);
    }
    return left;
}

bool fits_column(const Field& field) {
    return field.type != FieldType::LongTextArea && field.type != FieldType::TextArea && !has_parts(field) && field.type != FieldType::Id;
}

// For an object that has no data above: name, then its first fields, then the owner.
void fill_from_schema(ObjectLayout& layout, const Object& object) {
    constexpr std::size_t columns_max = 7, facts_max = 4;
    layout.columns.push_back(object.name_field);
    for (const Field& field : object.fields) {
        if (!stands_alone(object, field) || field.system || !fits_column(field)) continue;
        if (field.index == object.name_field || field.index == system_field::owner) continue;
        if (layout.columns.size() < columns_max) layout.columns.push_back(field.index);
        if (layout.facts.size() < facts_max) layout.facts.push_back(field.index);
        if (layout.card_detail.size() < 2 && field.type != FieldType::Checkbox) layout.card_detail.push_back(field.index);
        else if (layout.card_right == no_field && field.type != FieldType::Checkbox) layout.card_right = field.index;
    }
    if (object.has_field(system_field::owner)) {
        layout.columns.push_back(system_field::owner);
        layout.facts.push_back(system_field::owner);
    }
    if (object.has_field(system_field::created_date)) layout.sort = "-CreatedDate";
}

// Where a family name comes first it does so in forms too, and how one is addressed follows the name.
void put_family_name_first(ObjectLayout& layout, const Object& object) {
    const std::vector<FieldIndex> names = find_fields(object, "LastName FirstName Salutation");
    for (LayoutSection& section : layout.sections) {
        const auto begin = std::find_first_of(section.fields.begin(), section.fields.end(), names.begin(), names.end());
        std::vector<FieldIndex> ordered;
        for (const FieldIndex name : names)
            if (contains(section.fields, name)) ordered.push_back(name);
        const auto at = begin - section.fields.begin();
        std::erase_if(section.fields, [&](FieldIndex field) { return contains(names, field); });
        section.fields.insert(section.fields.begin() + at, ordered.begin(), ordered.end());
    }
}

}  // namespace

ObjectLayout default_layout(const Object& object, const Schema&, const Messages& messages) {
    ObjectLayout layout;
    const auto data = std::find_if(std::begin(layouts), std::end(layouts), [&](const LayoutData& entry) { return entry.object == object.name; });
    if (data != std::end(layouts)) {
        layout.columns = find_fields(object, data->columns);
        layout.sort = data->sort;
        layout.facts = find_fields(object, data->facts);
        layout.card_detail = find_fields(object, data->card_detail);
        const std::vector<FieldIndex> right = find_fields(object, data->card_right);
        if (!right.empty()) layout.card_right = right[0];
        for (const SectionData& section : data->sections) {
            LayoutSection made{std::string(messages.text(section.title_key)), find_fields(object, section.fields)};
            if (!made.fields.empty()) layout.sections.push_back(std::move(made));
        }
    } else {
        fill_from_schema(layout, object);
    }
    std::vector<FieldIndex> left = fields_left(object, layout);
    if (layout.sections.empty()) {
        // The name comes first, the owner last; the rest in the order in which it was defined.
        sort_stably(left, [&](FieldIndex a, FieldIndex b) {
            const auto rank = [&](FieldIndex field) { return field == object.name_field ? 0 : field == system_field::owner ? 2 : 1; };
            return rank(a) < rank(b);
        });
        if (!left.empty()) layout.sections.push_back({std::string(messages.text("ui.section.about")), std::move(left)});
    } else if (!left.empty()) {
        layout.sections.push_back({std::string(messages.text("ui.section.additional")), std::move(left)});
    }
    add_system_section(layout, object, messages);
    if (messages.language() == Language::SimplifiedChinese) put_family_name_first(layout, object);
    return layout;
}

std::vector<FieldIndex> listable_fields(const Object& object) {
    std::vector<FieldIndex> fields;
    if (object.has_field(object.name_field)) fields.push_back(object.name_field);
    for (const Field& field : object.fields) {
        if (!is_offered(field) || field.index == object.name_field || !fits_column(field)) continue;
        fields.push_back(field.index);
    }
    return fields;
}

bool has_parts(const Field& field) { return field.type == FieldType::Address || field.type == FieldType::Location; }

std::vector<FieldIndex> address_parts(const Object& object, const Field& compound) {
    std::vector<FieldIndex> parts;
    for (const Field& field : object.fields)
        if (!field.deleted && !field.compound.empty() && equals_ignoring_ascii_case(field.compound, compound.name)) parts.push_back(field.index);
    return parts;
}

}  // namespace outpost
