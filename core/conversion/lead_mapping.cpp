#include "core/conversion/lead_mapping.h"

#include <algorithm>
#include <span>
#include <utility>

#include "core/edit/conversion_targets.h"
#include "core/objects/standard.h"

namespace outpost {
namespace {

// Where a lead's standard fields go (Salesforce: "Lead Conversion Field Mapping").
struct FieldMapping {
    FieldIndex lead;
    FieldIndex target;
};

constexpr FieldMapping account_mapping[] = {
    {lead_field::company, system_field::name},
    {lead_field::phone, account_field::phone},
    {lead_field::fax, account_field::fax},
    {lead_field::website, account_field::website},
    {lead_field::industry, account_field::industry},
    {lead_field::annual_revenue, account_field::annual_revenue},
    {lead_field::number_of_employees, account_field::number_of_employees},
    {lead_field::rating, account_field::rating},
    {lead_field::street, account_field::billing_street},
    {lead_field::city, account_field::billing_city},
    {lead_field::state, account_field::billing_state},
    {lead_field::postal_code, account_field::billing_postal_code},
    {lead_field::country, account_field::billing_country},
};

constexpr FieldMapping contact_mapping[] = {
    {lead_field::salutation, contact_field::salutation},
    {lead_field::first_name, contact_field::first_name},
    {lead_field::last_name, contact_field::last_name},
    {lead_field::title, contact_field::title},
    {lead_field::email, contact_field::email},
    {lead_field::phone, contact_field::phone},
    {lead_field::mobile_phone, contact_field::mobile_phone},
    {lead_field::fax, contact_field::fax},
    {lead_field::lead_source, contact_field::lead_source},
    {lead_field::description, contact_field::description},
    {lead_field::do_not_call, contact_field::do_not_call},
    {lead_field::has_opted_out_of_email, contact_field::has_opted_out_of_email},
    {lead_field::street, contact_field::mailing_street},
    {lead_field::city, contact_field::mailing_city},
    {lead_field::state, contact_field::mailing_state},
    {lead_field::postal_code, contact_field::mailing_postal_code},
    {lead_field::country, contact_field::mailing_country},
};

constexpr FieldMapping opportunity_mapping[] = {
    {lead_field::lead_source, opportunity_field::lead_source},
};

std::span<const FieldMapping> mapping_of(ObjectIndex target) {
    if (target == standard_object::account) return account_mapping;
    if (target == standard_object::contact) return contact_mapping;
    return opportunity_mapping;
}

// A field of another type that only shares the name has nothing to do with it.
const Field* same_named(const Field& source, const Object& to) {
    const Field* found = source.standard || source.deleted || source.name.empty() ? nullptr : to.find_field(source.name);
    const bool alike = found && source.column_kind() == found->column_kind() && (!found->is_lookup() || source.reference_to == found->reference_to);
    return alike ? found : nullptr;
}

}  // namespace

bool is_unset(const Value& value) {
    const bool* flag = std::get_if<bool>(&value);
    return is_null(value) || (flag && !*flag);
}

void for_each_mapped(const Records& records, RecordRef lead, ObjectIndex target,
                     const std::function<void(const Field& source, const Field& destination, Value value)>& take) {
    const Object& from = records.schema().object(standard_object::lead);
    const Object& to = records.schema().object(target);
    std::vector<FieldIndex> filled;  // each field is filled once: what an admin said comes first
    const auto offer = [&](const Field& source, const Field& destination) {
        Value value = records.value(lead, source.index);
        if (is_unset(value) || !destination.writable() || std::ranges::find(filled, destination.index) != filled.end()) return;
        filled.push_back(destination.index);
        take(source, destination, std::move(value));
    };
    for (const Field& source : from.fields)
        if (const ConversionTarget* chosen = conversion_target(source, target); chosen && !source.deleted && to.has_field(chosen->field))
            offer(source, to.field(chosen->field));
    for (const FieldMapping& pair : mapping_of(target))
        if (from.has_field(pair.lead) && to.has_field(pair.target) && (to.field(pair.target).required || !conversion_target(from.field(pair.lead), target)))
            offer(from.field(pair.lead), to.field(pair.target));
    for (const Field& source : from.fields)
        if (const Field* destination = same_named(source, to); destination && !conversion_target(source, target)) offer(source, *destination);
}

const Field* usual_conversion_target(const Schema& schema, const Field& source, ObjectIndex target) {
    const Object& to = schema.object(target);
    for (const FieldMapping& pair : mapping_of(target))
        if (pair.lead == source.index && to.has_field(pair.target)) return &to.field(pair.target);
    return same_named(source, to);
}

std::vector<MappedField> mapped_fields(const Records& records, RecordRef lead, ObjectIndex target, RecordRef existing) {
    std::vector<MappedField> fields;
    for_each_mapped(records, lead, target, [&](const Field& source, const Field& destination, const Value&) {
        if (!existing || is_unset(records.value(existing, destination.index))) fields.push_back({source.index, destination.index});
    });
    return fields;
}

}  // namespace outpost
