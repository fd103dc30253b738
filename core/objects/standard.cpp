#include "core/objects/standard.h"

#include <algorithm>

#include "core/objects/schema.h"
#include "core/objects/standard_builder.h"
#include "core/objects/standard_call.h"
#include "core/objects/standard_segment.h"
#include "core/objects/standard_values.h"

namespace outpost {

namespace {

namespace so = standard_object;

Object make_user() {
    using namespace user_field;
    StandardObjectBuilder b(so::user, "User", "user");
    b.add_person_name();
    b.add(first_name, "FirstName", FieldType::Text, 40);
    b.add(last_name, "LastName", FieldType::Text, 80).required = true;
    b.add(email, "Email", FieldType::Email, 128);
    b.add(title, "Title", FieldType::Text, 80);
    b.add_lookup(manager, "ManagerId", {so::user}, "Manager", "ManagedUsers");
    b.add(region, "Region", FieldType::Text, 80);
    b.add(is_active, "IsActive", FieldType::Checkbox).default_value = "true";
    b.add(department, "Department", FieldType::Text, 80);
    b.add(phone, "Phone", FieldType::Phone, 40);
    return std::move(b.object());
}

Object make_lead() {
    using namespace lead_field;
    StandardObjectBuilder b(so::lead, "Lead", "lead");
    b.add_person_name();
    b.add_owner({so::user, so::group});
    b.add_picklist(salutation, "Salutation", standard_values::salutations());
    b.add(first_name, "FirstName", FieldType::Text, 40);
    b.add(last_name, "LastName", FieldType::Text, 80).required = true;
    b.add(company, "Company", FieldType::Text, 255).required = true;
    b.add(title, "Title", FieldType::Text, 128);
    b.add(email, "Email", FieldType::Email, 80);
    b.add(phone, "Phone", FieldType::Phone, 40);
    b.add(mobile_phone, "MobilePhone", FieldType::Phone, 40);
    b.add(fax, "Fax", FieldType::Phone, 40);
    b.add(website, "Website", FieldType::Url, 255);
    b.add_picklist(lead_source, "LeadSource", standard_values::lead_sources());
    b.add_picklist(status, "Status", standard_values::lead_statuses()).required = true;
    b.add_picklist(rating, "Rating", standard_values::ratings());
    b.add_picklist(industry, "Industry", standard_values::industries());
    b.add_number(annual_revenue, "AnnualRevenue", FieldType::Currency, 18, 2);
    b.add_number(number_of_employees, "NumberOfEmployees", FieldType::Number, 9, 0);
    b.add_address(street, "");
    b.add(description, "Description", FieldType::LongTextArea, 32000);
    b.add(is_converted, "IsConverted", FieldType::Checkbox).system = true;
    b.add(converted_date, "ConvertedDate", FieldType::Date).system = true;
    b.add_lookup(converted_account, "ConvertedAccountId", {so::account}, "ConvertedAccount", "").system = true;
    b.add_lookup(converted_contact, "ConvertedContactId", {so::contact}, "ConvertedContact", "").system = true;
    b.add_lookup(converted_opportunity, "ConvertedOpportunityId", {so::opportunity}, "ConvertedOpportunity", "").system = true;
    b.add(do_not_call, "DoNotCall", FieldType::Checkbox);
    b.add(has_opted_out_of_email, "HasOptedOutOfEmail", FieldType::Checkbox);
    b.add(is_unread, "IsUnreadByOwner", FieldType::Checkbox).hidden = true;
    b.object().board_field = status;
    return std::move(b.object());
}

Object make_account() {
    using namespace account_field;
    StandardObjectBuilder b(so::account, "Account", "account");
    b.add_name(255);
    b.add_owner();
    b.add_picklist(type, "Type", standard_values::account_types());
    b.add_lookup(parent, "ParentId", {so::account}, "Parent", "ChildAccounts");
    b.add_picklist(industry, "Industry", standard_values::industries());
    b.add_number(annual_revenue, "AnnualRevenue", FieldType::Currency, 18, 2);
    b.add_number(number_of_employees, "NumberOfEmployees", FieldType::Number, 9, 0);
    b.add(phone, "Phone", FieldType::Phone, 40);
    b.add(fax, "Fax", FieldType::Phone, 40);
    b.add(website, "Website", FieldType::Url, 255);
    b.add_picklist(rating, "Rating", standard_values::ratings());
    b.add_address(billing_street, "Billing");
    b.add_address(shipping_street, "Shipping");
    b.add(description, "Description", FieldType::LongTextArea, 32000);
    b.add(account_number, "AccountNumber", FieldType::Text, 40);
    b.add_picklist(account_source, "AccountSource", standard_values::lead_sources());
    b.add(year_started, "YearStarted", FieldType::Text, 4);
    return std::move(b.object());
}

Object make_contact() {
    using namespace contact_field;
    StandardObjectBuilder b(so::contact, "Contact", "contact");
    b.add_person_name();
    b.add_owner();
    b.add_picklist(salutation, "Salutation", standard_values::salutations());
    b.add(first_name, "FirstName", FieldType::Text, 40);
    b.add(last_name, "LastName", FieldType::Text, 80).required = true;
    b.add_lookup(account, "AccountId", {so::account}, "Account", "Contacts");
    b.add(title, "Title", FieldType::Text, 128);
    b.add(department, "Department", FieldType::Text, 80);
    b.add(email, "Email", FieldType::Email, 80);
    b.add(phone, "Phone", FieldType::Phone, 40);
    b.add(mobile_phone, "MobilePhone", FieldType::Phone, 40);
    b.add(fax, "Fax", FieldType::Phone, 40);
    b.add_lookup(reports_to, "ReportsToId", {so::contact}, "ReportsTo", "Reports");
    b.add_picklist(lead_source, "LeadSource", standard_values::lead_sources());
    b.add_address(mailing_street, "Mailing");
    b.add(birthdate, "Birthdate", FieldType::Date);
    b.add(description, "Description", FieldType::LongTextArea, 32000);
    b.add(do_not_call, "DoNotCall", FieldType::Checkbox);
    b.add(has_opted_out_of_email, "HasOptedOutOfEmail", FieldType::Checkbox);
    return std::move(b.object());
}

Object make_opportunity() {
    using namespace opportunity_field;
    StandardObjectBuilder b(so::opportunity, "Opportunity", "opportunity");
    b.add_name(120);
    b.add_owner();
    b.add_lookup(account, "AccountId", {so::account}, "Account", "Opportunities");
    Field& stages = b.add_picklist(stage, "StageName", standard_values::stages());
    stages.required = true;
    stages.controller = pipeline;
    b.add_number(amount, "Amount", FieldType::Currency, 18, 2);
    b.add_number(probability, "Probability", FieldType::Percent, 3, 0);
    // Amount (2 decimals) x Probability (whole percent) is exact at 4, so weighted sums lose nothing; shown with 2.
    b.add_number(expected_revenue, "ExpectedRevenue", FieldType::Currency, 18, 4).calculated = true;
    Field& close = b.add(close_date, "CloseDate", FieldType::Date);
    close.required = true;
    close.import_may_omit = true;  // open opportunities of real files often have no close date
    b.add_picklist(type, "Type", standard_values::opportunity_types());
    b.add(next_step, "NextStep", FieldType::Text, 255);
    b.add_picklist(lead_source, "LeadSource", standard_values::lead_sources());
    b.add(is_closed, "IsClosed", FieldType::Checkbox).calculated = true;
    b.add(is_won, "IsWon", FieldType::Checkbox).calculated = true;
    b.add_picklist(forecast_category, "ForecastCategory", standard_values::forecast_categories());
    b.add(description, "Description", FieldType::LongTextArea, 32000);
    b.add(stage_entered, "LastStageChangeDate", FieldType::DateTime).system = true;
    b.add_picklist(lost_reason, "LostReason", standard_values::lost_reasons());
    b.add_lookup(product, "Product2Id", {so::product}, "Product2", "Opportunities");
    b.add_lookup(contact, "ContactId", {so::contact}, "Contact", "Opportunities");
    b.add(created_on, "StartDate", FieldType::Date);
    b.add_lookup(pricebook, "Pricebook2Id", {so::pricebook}, "Pricebook2", "Opportunities");
    b.add(has_line_items, "HasOpportunityLineItem", FieldType::Checkbox).calculated = true;
    b.add_picklist(pipeline, "Pipeline", {});
    b.object().board_field = stage;
    return std::move(b.object());
}

Object make_opportunity_contact_role() {
    using namespace opportunity_contact_role_field;
    StandardObjectBuilder b(so::opportunity_contact_role, "OpportunityContactRole", "contact");
    b.add_lookup(opportunity, "OpportunityId", {so::opportunity}, "Opportunity", "OpportunityContactRoles", FieldType::MasterDetail).required = true;
    Field& who = b.add_lookup(contact, "ContactId", {so::contact}, "Contact", "OpportunityContactRoles", FieldType::MasterDetail);
    who.required = true;
    who.name_field = true;
    b.add_picklist(role, "Role", standard_values::contact_roles());
    b.add(is_primary, "IsPrimary", FieldType::Checkbox);
    b.object().name_field = contact;
    b.object().hidden = true;
    return std::move(b.object());
}

Object make_opportunity_competitor() {
    using namespace opportunity_competitor_field;
    StandardObjectBuilder b(so::opportunity_competitor, "OpportunityCompetitor", "account");
    b.add_name(255, "CompetitorName");
    b.add_lookup(opportunity, "OpportunityId", {so::opportunity}, "Opportunity", "OpportunityCompetitors", FieldType::MasterDetail).required = true;
    b.add(strengths, "Strengths", FieldType::TextArea, 1000);
    b.add(weaknesses, "Weaknesses", FieldType::TextArea, 1000);
    b.add(is_winner, "IsWinner", FieldType::Checkbox);
    b.object().hidden = true;
    return std::move(b.object());
}

Object make_task() {
    using namespace task_field;
    StandardObjectBuilder b(so::task, "Task", "task");
    b.add_name(255, "Subject");
    b.object().fields[number(subject)].required = false;
    b.add_owner();
    b.add_lookup(who, "WhoId", {so::lead, so::contact}, "Who", "Tasks");
    b.add_lookup(what, "WhatId", {so::account, so::opportunity, so::product}, "What", "Tasks");
    b.add(activity_date, "ActivityDate", FieldType::Date);
    b.add_picklist(status, "Status", standard_values::task_statuses()).required = true;
    b.add_picklist(priority, "Priority", standard_values::task_priorities()).required = true;
    b.add(is_closed, "IsClosed", FieldType::Checkbox).calculated = true;
    b.add(description, "Description", FieldType::LongTextArea, 32000);
    b.add(reminder, "ReminderDateTime", FieldType::DateTime);
    b.add_picklist(type, "Type", standard_values::activity_types());
    b.add(completed_date, "CompletedDateTime", FieldType::DateTime).system = true;
    b.add(recurrence, "Recurrence2PatternText", FieldType::LongTextArea, 32000);
    b.add_lookup(series, "RecurrenceActivityId", {so::task}, "RecurrenceActivity", "RecurringTasks").hidden = true;
    b.add(reminder_handled, "ReminderHandledDateTime", FieldType::DateTime).hidden = true;
    b.add_number(call_duration, "CallDurationInSeconds", FieldType::Number, 8, 0);
    b.add_picklist(call_type, "CallType", standard_values::call_types()).restricted = false;
    b.add(call_disposition, "CallDisposition", FieldType::Text, 255);
    b.object().board_field = status;
    return std::move(b.object());
}

Object make_event() {
    using namespace event_field;
    StandardObjectBuilder b(so::event, "Event", "event");
    b.add_name(255, "Subject");
    b.object().fields[number(subject)].required = false;
    b.add_owner();
    b.add_lookup(who, "WhoId", {so::lead, so::contact}, "Who", "Events");
    b.add_lookup(what, "WhatId", {so::account, so::opportunity, so::product}, "What", "Events");
    b.add(start, "StartDateTime", FieldType::DateTime).required = true;
    b.add(end, "EndDateTime", FieldType::DateTime).required = true;
    b.add(is_all_day, "IsAllDayEvent", FieldType::Checkbox);
    b.add(location, "Location", FieldType::Text, 255);
    b.add(description, "Description", FieldType::LongTextArea, 32000);
    b.add_picklist(type, "Type", standard_values::activity_types());
    b.add(recurrence, "Recurrence2PatternText", FieldType::LongTextArea, 32000);
    b.add(recurrence_zone, "Recurrence2PatternTimeZone", FieldType::Text, 64).hidden = true;
    b.add_lookup(series, "RecurrenceActivityId", {so::event}, "RecurrenceActivity", "RecurringEvents").hidden = true;
    b.add(reminder, "ReminderDateTime", FieldType::DateTime);
    b.add(reminder_handled, "ReminderHandledDateTime", FieldType::DateTime).hidden = true;
    return std::move(b.object());
}

Object make_product() {
    using namespace product_field;
    StandardObjectBuilder b(so::product, "Product2", "product");
    b.add_name(255);
    b.add(product_code, "ProductCode", FieldType::Text, 255);
    b.add(family, "Family", FieldType::Text, 255);
    b.add(is_active, "IsActive", FieldType::Checkbox).default_value = "true";
    b.add(description, "Description", FieldType::LongTextArea, 4000);
    b.add_number(unit_price, "UnitPrice", FieldType::Currency, 18, 2);
    return std::move(b.object());
}

Object make_organization() {
    using namespace organization_field;
    StandardObjectBuilder b(so::organization, "Organization", "organization");
    b.add_name(80);
    b.add(default_currency, "DefaultCurrencyIsoCode", FieldType::Text, 3).default_value = "USD";
    b.add_number(fiscal_start_month, "FiscalYearStartMonth", FieldType::Number, 2, 0).default_value = "1";
    b.add(default_country, "Country", FieldType::Text, 80);
    b.add(sample_data, "SampleData", FieldType::LongTextArea, 4000).hidden = true;
    b.add_number(big_opportunity_amount, "BigOpportunityAmount", FieldType::Currency, 18, 2);
    b.add_number(stalled_after_days, "StalledAfterDays", FieldType::Number, 4, 0);
    b.add(own_duplicate_rules_only, "OwnDuplicateRulesOnly", FieldType::Checkbox);
    b.add(working_hours, "WorkingHours", FieldType::Text, 40);
    b.object().hidden = true;
    return std::move(b.object());
}

Object make_stage_history() {
    using namespace stage_history_field;
    StandardObjectBuilder b(so::opportunity_stage_history, "OpportunityHistory", "history");
    b.add_lookup(opportunity, "OpportunityId", {so::opportunity}, "Opportunity", "OpportunityHistories", FieldType::MasterDetail).required = true;
    Field& of = b.add_picklist(stage, "StageName", standard_values::stages());
    of.name_field = true;
    b.add(entered, "EnteredDate", FieldType::DateTime);
    b.add(left, "LeftDate", FieldType::DateTime);
    b.add_number(amount, "Amount", FieldType::Currency, 18, 2);
    b.add_number(probability, "Probability", FieldType::Percent, 3, 0);
    b.add(close_date, "CloseDate", FieldType::Date);
    b.add_picklist(forecast_category, "ForecastCategory", standard_values::forecast_categories());
    b.object().name_field = stage;
    b.object().hidden = true;
    return std::move(b.object());
}

Object make_pricebook() {
    using namespace pricebook_field;
    StandardObjectBuilder b(so::pricebook, "Pricebook2", "product");
    b.add_name(255);
    b.add(is_active, "IsActive", FieldType::Checkbox).default_value = "true";
    b.add(is_standard, "IsStandard", FieldType::Checkbox);
    b.add(description, "Description", FieldType::LongTextArea, 4000);
    return std::move(b.object());
}

Object make_pricebook_entry() {
    using namespace pricebook_entry_field;
    StandardObjectBuilder b(so::pricebook_entry, "PricebookEntry", "product");
    b.add_lookup(pricebook, "Pricebook2Id", {so::pricebook}, "Pricebook2", "PricebookEntries", FieldType::MasterDetail).required = true;
    Field& of = b.add_lookup(product, "Product2Id", {so::product}, "Product2", "PricebookEntries", FieldType::MasterDetail);
    of.required = of.name_field = true;
    b.add_number(unit_price, "UnitPrice", FieldType::Currency, 18, 2).required = true;
    b.add(is_active, "IsActive", FieldType::Checkbox).default_value = "true";
    b.object().name_field = product;
    b.object().hidden = true;
    return std::move(b.object());
}

Object make_line_item() {
    using namespace line_item_field;
    StandardObjectBuilder b(so::opportunity_line_item, "OpportunityLineItem", "product");
    b.add_lookup(opportunity, "OpportunityId", {so::opportunity}, "Opportunity", "OpportunityLineItems", FieldType::MasterDetail).required = true;
    Field& of = b.add_lookup(product, "Product2Id", {so::product}, "Product2", "OpportunityLineItems");
    of.required = of.name_field = true;
    b.add_lookup(pricebook_entry, "PricebookEntryId", {so::pricebook_entry}, "PricebookEntry", "OpportunityLineItems");
    Field& count = b.add_number(quantity, "Quantity", FieldType::Number, 12, 2);
    count.required = true;
    count.default_value = "1";
    b.add_number(list_price, "ListPrice", FieldType::Currency, 18, 2);
    b.add_number(unit_price, "UnitPrice", FieldType::Currency, 18, 2);
    b.add_number(discount, "Discount", FieldType::Percent, 5, 2);
    b.add_number(total_price, "TotalPrice", FieldType::Currency, 18, 2).calculated = true;
    b.add(description, "Description", FieldType::Text, 255);
    b.add(service_date, "ServiceDate", FieldType::Date);
    Field& removed = b.add(is_removed, "IsRemoved", FieldType::Checkbox);
    removed.system = removed.hidden = true;
    b.object().name_field = product;
    b.object().hidden = true;
    return std::move(b.object());
}

Object make_forecasting_quota() {
    using namespace forecasting_quota_field;
    StandardObjectBuilder b(so::forecasting_quota, "ForecastingQuota", "chart");
    Field& who = b.add_lookup(owner, "QuotaOwnerId", {so::user}, "QuotaOwner", "ForecastingQuotas");
    who.required = who.name_field = true;
    b.add(start_date, "StartDate", FieldType::Date).required = true;
    b.add_picklist(period_type, "PeriodType", standard_values::period_types());
    b.add_number(amount, "QuotaAmount", FieldType::Currency, 18, 2).required = true;
    b.object().name_field = owner;
    b.object().hidden = true;
    return std::move(b.object());
}

// Salesforce keeps a manager's and an owner's adjustment as two objects with a forecasting item between; here one will do.
Object make_forecasting_adjustment() {
    using namespace forecasting_adjustment_field;
    StandardObjectBuilder b(so::forecasting_adjustment, "ForecastingAdjustment", "chart");
    Field& who = b.add_lookup(owner, "ForecastOwnerId", {so::user}, "ForecastOwner", "ForecastingAdjustments");
    who.required = who.name_field = true;
    b.add(start_date, "StartDate", FieldType::Date).required = true;
    b.add_picklist(period_type, "PeriodType", standard_values::period_types());
    b.add_picklist(item_category, "ForecastingItemCategory", standard_values::forecasting_item_categories()).required = true;
    b.add_number(amount, "AdjustedAmount", FieldType::Currency, 18, 2).required = true;
    b.add(note, "AdjustmentNote", FieldType::TextArea, 255);
    b.object().name_field = owner;
    b.object().hidden = true;
    return std::move(b.object());
}

void add_missing(Schema& schema, Object object) {
    if (!schema.knows_object(object.index)) {
        schema.put_object(std::move(object));
        return;
    }
    const ObjectIndex index = object.index;
    for (Field& field : object.fields) {
        const std::vector<Field>& known = schema.object(index).fields;
        if (field.name.empty()) continue;
        if (number(field.index) >= known.size() || known[number(field.index)].name.empty()) {
            schema.put_field(index, std::move(field));
            continue;
        }
        // Of a store from before the field could point at so many, depended on another, or could be left empty.
        Field wider = known[number(field.index)];
        const bool points_further = field.reference_to.size() > wider.reference_to.size();
        if (points_further) wider.reference_to = std::move(field.reference_to);
        const bool depends = field.controller != no_field && wider.controller == no_field;
        if (depends) wider.controller = field.controller;
        const bool looser = object.hidden && wider.required && !field.required;
        if (looser) wider.required = false;
        if (points_further || depends || looser) schema.put_field(index, std::move(wider));
    }
}

}  // namespace

void add_standard_objects(Schema& schema) {
    for (auto* make : {make_user, make_lead, make_account, make_contact, make_opportunity, make_opportunity_contact_role,
                       make_task, make_event, make_product, make_organization, make_stage_history,
                       make_pricebook, make_pricebook_entry, make_line_item, make_forecasting_quota, make_forecasting_adjustment,
                       make_opportunity_competitor})
        add_missing(schema, make());
    for (Object& object : make_setup_objects()) add_missing(schema, std::move(object));
    admit_custom_objects(schema);
}

void admit_custom_objects(Schema& schema) {
    Field member = schema.object(so::segment_member).field(segment_member_field::member);
    const std::size_t known = member.reference_to.size();
    for (const ObjectIndex index : schema.objects())
        if (!schema.object(index).standard && !std::ranges::contains(member.reference_to, index)) member.reference_to.push_back(index);
    if (member.reference_to.size() != known) schema.put_field(so::segment_member, std::move(member));
}

const std::vector<Field>& custom_system_fields() {
    static const std::vector<Field> fields = [] {
        StandardObjectBuilder b(so::user, "User", "");
        b.add_owner();
        return b.object().fields;
    }();
    return fields;
}

}  // namespace outpost
