#include "core/conversion/convert_lead.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/conversion/lead_mapping.h"
#include "core/edit/queue_members.h"
#include "core/edit/segments.h"
#include "core/edit/validate.h"
#include "core/objects/field_text.h"
#include "core/objects/labels.h"
#include "core/objects/record_reading.h"
#include "core/objects/standard.h"
#include "core/objects/standard_segment.h"

namespace outpost {
namespace {

bool fits(const Value& value, const Field& target) {
    const auto* text = target.is_text() ? std::get_if<std::string>(&value) : nullptr;
    if (text) return count_code_points(*text) <= target.length;
    const auto* number = std::get_if<Decimal>(&value);
    return !number || rescale(*number, target.scale, Rounding::Refuse).has_value();
}

// The account's name and the hyphen that a person goes on from; of a long name what has room before it.
std::string default_opportunity_name(std::string account, const Field& name) {
    while (!account.empty() && count_code_points(account) + 1 > name.length) {
        while (account.size() > 1 && (static_cast<unsigned char>(account.back()) & 0xC0) == 0x80) account.pop_back();
        account.pop_back();
    }
    return account + "-";
}

class Conversion {
public:
    Conversion(Transaction& transaction, const ConvertLead& command) : transaction_(transaction), command_(command) {}

    Result<CommandOutcome> run() {
        OUTPOST_CHECK(check());
        OUTPOST_TRY(const std::string status, converted_status());
        OUTPOST_CHECK(make_account());
        OUTPOST_CHECK(make_contact());
        OUTPOST_CHECK(make_opportunity());
        OUTPOST_CHECK(move_activities());
        OUTPOST_CHECK(move_memberships());
        OUTPOST_CHECK(make_follow_up());
        OUTPOST_CHECK(close_lead(status));
        CommandOutcome outcome;
        outcome.created = {account_, contact_, opportunity_};
        outcome.record_count = opportunity_ ? 4 : 3;
        return outcome;
    }

private:
    const Records& records() const { return transaction_.records(); }
    const Object& object(ObjectIndex index) const { return records().schema().object(index); }
    Value lead_value(FieldIndex field) const { return records().value(command_.lead, field); }

    Status check_target(RecordRef target, ObjectIndex expected, std::string_view field) const {
        if (!target) return {};
        if (target.object != expected || !records().table(expected).is_live(target.row))
            return fail(Error{ErrorCode::InvalidCrossReferenceKey, "error.convert.target_missing",
                              {object(expected).label}, "Lead", std::string(field)});
        return {};
    }

    Status check() const {
        const RecordRef lead = command_.lead;
        if (lead.object != standard_object::lead || lead.row >= records().table(standard_object::lead).row_count())
            return fail(Error{ErrorCode::InvalidCrossReferenceKey, "error.convert.no_lead", {}, "Lead"});
        if (!records().table(standard_object::lead).is_live(lead.row))
            return fail(Error{ErrorCode::EntityIsDeleted, "error.convert.lead_deleted", {}, "Lead"});
        if (records().table(standard_object::lead).column(lead_field::is_converted).flags()[lead.row])
            return fail(Error{ErrorCode::CannotUpdateConvertedLead, "error.convert.already", {records().display_name(lead)}, "Lead"});
        OUTPOST_CHECK(check_may_take(records(), lead.row, transaction_.context().user));
        OUTPOST_CHECK(check_target(command_.account, standard_object::account, "account"));
        OUTPOST_CHECK(check_target(command_.contact, standard_object::contact, "contact"));
        OUTPOST_CHECK(check_target(command_.opportunity, standard_object::opportunity, "opportunity"));
        OUTPOST_CHECK(check_target(command_.owner, standard_object::user, "owner"));
        const RecordRef account = chosen_account();
        const auto is_of_other = [&](RecordRef own) { return own && own != account; };
        if (is_of_other(contact_account()))
            return fail(Error{ErrorCode::FieldIntegrity, "error.convert.contact_of_other_account",
                              {records().display_name(command_.contact)}, "Lead", "contact"});
        if (is_of_other(opportunity_account()))
            return fail(of_other_account(records().display_name(command_.opportunity)));
        if (!account && is_null(lead_value(lead_field::company)))
            return fail(Error{ErrorCode::RequiredFieldMissing, "error.convert.no_company", {}, "Lead", "Company"});
        return {};
    }

    static Error of_other_account(std::string opportunity) {
        return Error{ErrorCode::FieldIntegrity, "error.convert.opportunity_of_other_account", {std::move(opportunity)}, "Lead", "opportunity"};
    }
    RecordRef account_of(RecordRef record, FieldIndex field) const {
        if (!record) return {};
        const Value value = records().value(record, field);
        const auto* account = std::get_if<RecordRef>(&value);
        return account ? *account : RecordRef{};
    }
    RecordRef contact_account() const { return account_of(command_.contact, contact_field::account); }
    RecordRef opportunity_account() const {
        const bool is_existing = command_.opportunity_choice == ConvertLead::OpportunityChoice::Existing;
        return is_existing ? account_of(command_.opportunity, opportunity_field::account) : RecordRef{};
    }
    // The existing account that was asked for, or that an existing contact or opportunity has; none for a new one.
    RecordRef chosen_account() const {
        if (command_.account) return command_.account;
        const RecordRef account = contact_account();
        return account ? account : opportunity_account();
    }

    Result<std::string> converted_status() const {
        const Field& field = object(standard_object::lead).field(lead_field::status);
        for (const std::uint16_t code : field.codes_in_order(true)) {
            const PicklistValue& value = field.values[code - 1];
            if (value.converted && (command_.status.empty() || command_.status == value.value)) return value.value;
        }
        return fail(Error{ErrorCode::InvalidPicklistValue, "error.convert.status",
                          {command_.status}, "Lead", "Status"});
    }

    // What comes out of a lead that still waits in a queue belongs to who converts it.
    RecordRef owner() const {
        if (command_.owner) return command_.owner;
        const Value value = lead_value(system_field::owner);
        const auto* user = std::get_if<RecordRef>(&value);
        return user && user->object == standard_object::user ? *user : transaction_.context().user;
    }

    // Values for the target, which is a new record or `existing`. A picklist value that only the lead's field knows is
    // added to the target's, as Salesforce's standard picklists take it, and one that there is no room for refused: nothing
    // of the lead is lost.
    Result<std::vector<FieldValue>> mapped(ObjectIndex target, RecordRef existing) {
        const auto is_wanted = [&](const Field& destination) { return !existing || is_unset(records().value(existing, destination.index)); };
        std::vector<std::pair<FieldIndex, std::string>> unknown;
        for_each_mapped(records(), command_.lead, target, [&](const Field& source, const Field& destination, Value value) {
            const auto* text = std::get_if<std::string>(&value);
            const bool both = source.is_picklist() && destination.is_picklist() && text;
            if (both && is_wanted(destination) && destination.restricted && destination.find_code(*text) == 0) unknown.emplace_back(destination.index, *text);
        });
        for (const auto& [field, text] : unknown) OUTPOST_CHECK(transaction_.add_picklist_values(target, field, {text}));
        std::vector<FieldValue> fields;
        Status fault;
        for_each_mapped(records(), command_.lead, target, [&](const Field& source, const Field& destination, Value value) {
            if (!is_wanted(destination)) return;
            if (fits(value, destination)) return fields.push_back({destination.index, std::move(value)});
            const Object& lead = object(standard_object::lead);
            fault = fail(Error{ErrorCode::FieldIntegrity, "error.convert.fit",
                               {field_argument(lead, source), shown_value(plain_text(value)), object_argument(object(target)), field_argument(object(target), destination)}, lead.name, source.name});
        });
        OUTPOST_CHECK(fault);
        return fields;
    }

    // An existing record only gets its empty fields filled; nothing is overwritten.
    Status fill_empty(RecordRef target, std::vector<FieldValue> fields) {
        std::erase_if(fields, [&](const FieldValue& field) { return !is_unset(records().value(target, field.field)); });
        if (fields.empty()) return {};
        return transaction_.update(target.object, {target.row}, fields);
    }

    static void put_over(std::vector<FieldValue>& fields, const std::vector<FieldValue>& chosen) {
        for (const FieldValue& each : chosen) {
            std::erase_if(fields, [&](const FieldValue& field) { return field.field == each.field; });
            fields.push_back(each);
        }
    }

    Status make_account() {
        account_ = chosen_account();
        OUTPOST_TRY(std::vector<FieldValue> fields, mapped(standard_object::account, account_));
        if (account_) return fill_empty(account_, std::move(fields));
        fields.push_back({system_field::owner, owner()});
        put_over(fields, command_.account_fields);
        OUTPOST_TRY(account_, transaction_.create(standard_object::account, std::move(fields), true));
        return {};
    }

    Status make_contact() {
        contact_ = command_.contact;
        OUTPOST_TRY(std::vector<FieldValue> fields, mapped(standard_object::contact, contact_));
        fields.push_back({contact_field::account, account_});
        if (contact_) return fill_empty(contact_, std::move(fields));
        fields.push_back({system_field::owner, owner()});
        put_over(fields, command_.contact_fields);
        OUTPOST_TRY(contact_, transaction_.create(standard_object::contact, std::move(fields), true));
        return {};
    }

    Status make_opportunity() {
        if (command_.opportunity_choice == ConvertLead::OpportunityChoice::None) return {};
        if (command_.opportunity_choice == ConvertLead::OpportunityChoice::Existing) {
            opportunity_ = command_.opportunity;
            OUTPOST_TRY(std::vector<FieldValue> fields, mapped(standard_object::opportunity, opportunity_));
            fields.push_back({opportunity_field::account, account_});
            OUTPOST_CHECK(fill_empty(opportunity_, std::move(fields)));
        } else {
            OUTPOST_TRY(opportunity_, create_opportunity());
        }
        return add_contact_role();
    }

    Result<RecordRef> create_opportunity() {
        OUTPOST_TRY(std::vector<FieldValue> fields, mapped(standard_object::opportunity, {}));
        const Field& name = object(standard_object::opportunity).field(system_field::name);
        fields.push_back({system_field::name, default_opportunity_name(records().display_name(account_), name)});
        fields.push_back({opportunity_field::account, account_});
        fields.push_back({system_field::owner, owner()});
        fields.push_back({opportunity_field::close_date, DateValue{end_of_fiscal_quarter()}});
        for (const FieldValue& chosen : command_.opportunity_fields)
            if (chosen.field == opportunity_field::account && chosen.value != Value(account_)) return fail(of_other_account(object_argument(object(standard_object::opportunity))));
        put_over(fields, command_.opportunity_fields);
        return transaction_.create(standard_object::opportunity, std::move(fields), true);
    }

    Days end_of_fiscal_quarter() const {
        Clock& clock = *transaction_.context().clock;
        const Milliseconds now = clock.now();
        const Days today = day_of_instant(now, clock.utc_offset_minutes(now));
        return period_range(Period::FiscalQuarter, today, 0, 0, fiscal_start()).end - 1;
    }

    int fiscal_start() const {
        const RecordRef organization = first_live(records(), standard_object::organization);
        const Value value = organization ? records().value(organization, organization_field::fiscal_start_month) : Value();
        const auto* month = std::get_if<Decimal>(&value);
        const auto whole = month ? rescale(*month, 0, Rounding::HalfUp) : std::nullopt;
        return whole && whole->units >= 1 && whole->units <= 12 ? static_cast<int>(whole->units) : 1;
    }

    Status add_contact_role() {
        bool has_primary = false;
        for (const RowIndex row : records().children(standard_object::opportunity_contact_role,
                                                     opportunity_contact_role_field::opportunity, opportunity_)) {
            const RecordRef role{standard_object::opportunity_contact_role, row};
            const Value contact = records().value(role, opportunity_contact_role_field::contact);
            if (const auto* ref = std::get_if<RecordRef>(&contact); ref && *ref == contact_) return {};
            const Value primary = records().value(role, opportunity_contact_role_field::is_primary);
            const bool* flag = std::get_if<bool>(&primary);
            has_primary = has_primary || (flag && *flag);
        }
        OUTPOST_CHECK(transaction_.create(standard_object::opportunity_contact_role,
                                          {{opportunity_contact_role_field::opportunity, opportunity_},
                                           {opportunity_contact_role_field::contact, contact_},
                                           {opportunity_contact_role_field::is_primary, !has_primary}},
                                          true));
        if (has_primary || !object(standard_object::opportunity).has_field(opportunity_field::contact)) return {};
        return fill_empty(opportunity_, {{opportunity_field::contact, contact_}});
    }

    // The next step with the new contact, when one is asked for.
    Status make_follow_up() {
        if (command_.task_fields.empty()) return {};
        std::vector<FieldValue> fields{{task_field::who, contact_}, {task_field::what, opportunity_ ? opportunity_ : account_}, {system_field::owner, owner()}};
        for (const FieldValue& chosen : command_.task_fields) {
            std::erase_if(fields, [&](const FieldValue& field) { return field.field == chosen.field; });
            fields.push_back(chosen);
        }
        OUTPOST_CHECK(transaction_.create(standard_object::task, std::move(fields), true));
        return {};
    }

    // Tasks and events of the lead go to the contact, and to the opportunity (or the account when there is none).
    Status move_activities() {
        const RecordRef what = opportunity_ ? opportunity_ : account_;
        OUTPOST_CHECK(move_activity(standard_object::task, task_field::who, task_field::what, what));
        OUTPOST_CHECK(move_activity(standard_object::event, event_field::who, event_field::what, what));
        return hand_over_open_tasks();
    }

    Status move_activity(ObjectIndex activity, FieldIndex who, FieldIndex what, RecordRef target) {
        const auto found = records().children(activity, who, command_.lead);
        moved_rows_.assign(found.begin(), found.end());
        if (activity == standard_object::task) moved_tasks_ = moved_rows_;
        std::vector<RowIndex> without_what;
        for (const RowIndex row : moved_rows_)
            if (is_null(records().value({activity, row}, what))) without_what.push_back(row);
        if (!moved_rows_.empty()) OUTPOST_CHECK(transaction_.update(activity, moved_rows_, {{who, contact_}}));
        if (!without_what.empty()) OUTPOST_CHECK(transaction_.update(activity, without_what, {{what, target}}));
        return {};
    }

    // The contact takes the lead's place in segments; where it is in one already, the lead only leaves it.
    Status move_memberships() {
        using namespace segment_member_field;
        OUTPOST_CHECK(leave_shared_segments(transaction_, contact_, command_.lead));
        const auto moved = records().children(standard_object::segment_member, member, command_.lead);
        return transaction_.update(standard_object::segment_member, {moved.begin(), moved.end()}, {{member, contact_}});
    }

    // Open tasks of the converting user go to the new owner; other users' tasks stay theirs.
    Status hand_over_open_tasks() {
        std::vector<RowIndex> rows;
        for (const RowIndex row : moved_tasks_) {
            const RecordRef task{standard_object::task, row};
            const Value task_owner = records().value(task, system_field::owner);
            const auto* user = std::get_if<RecordRef>(&task_owner);
            const bool closed = records().table(standard_object::task).column(task_field::is_closed).flags()[row];
            if (!closed && user && *user == transaction_.context().user && *user != owner()) rows.push_back(row);
        }
        if (rows.empty()) return {};
        return transaction_.update(standard_object::task, rows, {{system_field::owner, owner()}});
    }

    Status close_lead(const std::string& status) {
        const Milliseconds now = transaction_.context().clock->now();
        const Days today = day_of_instant(now, transaction_.context().clock->utc_offset_minutes(now));
        std::vector<FieldValue> fields = {
            {lead_field::status, status},
            {lead_field::is_converted, true},
            {lead_field::converted_date, DateValue{today}},
            {lead_field::converted_account, account_},
            {lead_field::converted_contact, contact_},
        };
        if (opportunity_) fields.push_back({lead_field::converted_opportunity, opportunity_});
        transaction_.allow_protected_fields(true);
        const Status status_of_update = transaction_.update(standard_object::lead, {command_.lead.row}, fields);
        transaction_.allow_protected_fields(false);
        return status_of_update;
    }

    Transaction& transaction_;
    const ConvertLead& command_;
    RecordRef account_, contact_, opportunity_;
    std::vector<RowIndex> moved_rows_, moved_tasks_;
};

}  // namespace

Result<CommandOutcome> convert_lead(Transaction& transaction, const ConvertLead& command) {
    return Conversion(transaction, command).run();
}

}  // namespace outpost
