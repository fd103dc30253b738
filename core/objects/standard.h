// The standard objects, as data, and the reserved constants by which domain code names their parts.
// Invariant: a constant never changes its number once released; API names are Salesforce's.
// Called by: objects/schema (Schema::with_standard_objects), conversion, pipeline, activity, ui.
#pragma once

#include "core/objects/field.h"

namespace outpost {

class Schema;

namespace standard_object {
inline constexpr ObjectIndex user{1}, lead{2}, account{3}, contact{4}, opportunity{5}, opportunity_contact_role{6},
    task{7}, event{8}, product{9}, organization{10}, opportunity_stage_history{11}, pricebook{12}, pricebook_entry{13},
    opportunity_line_item{14}, forecasting_quota{15}, forecasting_adjustment{16},
    group{17}, group_member{18}, assignment_rule_entry{19}, opportunity_competitor{21}, duplicate_rule{24};
}

namespace user_field {  // Name is derived from first and last name
inline constexpr FieldIndex first_name{8}, last_name{9}, email{10}, title{11}, manager{12}, region{13}, is_active{14}, department{15}, phone{16};
}
namespace lead_field {
inline constexpr FieldIndex salutation{8}, first_name{9}, last_name{10}, company{11}, title{12}, email{13}, phone{14},
    mobile_phone{15}, fax{16}, website{17}, lead_source{18}, status{19}, rating{20}, industry{21}, annual_revenue{22},
    number_of_employees{23}, street{24}, city{25}, state{26}, postal_code{27}, country{28}, address{29}, description{30},
    is_converted{31}, converted_date{32}, converted_account{33}, converted_contact{34}, converted_opportunity{35},
    do_not_call{36}, has_opted_out_of_email{37}, is_unread{38};
}
namespace account_field {
inline constexpr FieldIndex type{8}, parent{9}, industry{10}, annual_revenue{11}, number_of_employees{12}, phone{13},
    fax{14}, website{15}, rating{16}, billing_street{17}, billing_city{18}, billing_state{19}, billing_postal_code{20},
    billing_country{21}, billing_address{22}, shipping_street{23}, shipping_city{24}, shipping_state{25},
    shipping_postal_code{26}, shipping_country{27}, shipping_address{28}, description{29}, account_number{30},
    account_source{31}, year_started{32};
}
namespace contact_field {
inline constexpr FieldIndex salutation{8}, first_name{9}, last_name{10}, account{11}, title{12}, department{13},
    email{14}, phone{15}, mobile_phone{16}, fax{17}, reports_to{18}, lead_source{19}, mailing_street{20},
    mailing_city{21}, mailing_state{22}, mailing_postal_code{23}, mailing_country{24}, mailing_address{25},
    birthdate{26}, description{27}, do_not_call{28}, has_opted_out_of_email{29};
}
namespace opportunity_field {  // the stage's defaults are set by a stage move, then may be overridden
inline constexpr FieldIndex account{8}, stage{9}, amount{10}, probability{11}, expected_revenue{12}, close_date{13},
    type{14}, next_step{15}, lead_source{16}, is_closed{17}, is_won{18}, forecast_category{19}, description{20},
    stage_entered{21} /* instant of the last stage move */, lost_reason{22}, product{23}, contact{24} /* primary */,
    created_on{25} /* start of the sale, imported */, pricebook{26}, has_line_items{27} /* then Amount is their sum */,
    pipeline{28} /* controls which stages are offered; without values there is one pipeline */;
}
namespace opportunity_contact_role_field {
inline constexpr FieldIndex opportunity{8}, contact{9}, role{10}, is_primary{11};
}
namespace opportunity_competitor_field {
inline constexpr FieldIndex name{6}, opportunity{8}, strengths{9}, weaknesses{10}, is_winner{11} /* the sale was lost to it */;
}
namespace task_field {
inline constexpr FieldIndex subject{6} /* the name field */, who{8}, what{9}, activity_date{10}, status{11}, priority{12}, is_closed{13},
    description{14}, reminder{15}, type{16}, completed_date{17}, recurrence{18} /* RRULE and EXDATE; see core/activity/series */,
    series{19} /* the recurring task that this was an occurrence of */,
    reminder_handled{20} /* how far its reminder was seen to; see core/activity/reminders; hidden */;
}
namespace event_field {
inline constexpr FieldIndex subject{6}, who{8}, what{9}, start{10}, end{11}, is_all_day{12}, location{13}, description{14}, type{15},
    recurrence{16} /* RRULE and EXDATE */, recurrence_zone{17} /* IANA name; null: the zone of who looks */, series{18},
    reminder{19} /* of a recurring one: before its first start */, reminder_handled{20} /* as of a task */;
}
namespace product_field {
inline constexpr FieldIndex product_code{8}, family{9}, is_active{10}, description{11}, unit_price{12};
}
namespace organization_field {  // one record: settings of the whole database
inline constexpr FieldIndex default_currency{8}, fiscal_start_month{9}, default_country{10},
    sample_data{11} /* which records the sample-data generator made; hidden */,
    big_opportunity_amount{20} /* open opportunities from this amount on are marked; null: none */,
    stalled_after_days{21} /* null: 30 */, own_duplicate_rules_only{22} /* the standard rule for duplicates is off */,
    working_hours{23} /* as core/base/working_time writes them; null: Monday to Friday, nine to six */;
}
namespace stage_history_field {  // one record for each stay in a stage that has ended; the present stay is on the opportunity
inline constexpr FieldIndex opportunity{8}, stage{9}, entered{10}, left{11}, amount{12}, probability{13}, close_date{14}, forecast_category{15};
}
// What a user is to win in the period (month or quarter of the fiscal year) that holds the start date.
namespace forecasting_quota_field {
inline constexpr FieldIndex owner{8}, start_date{9}, period_type{10}, amount{11};
}
// What a person expects in place of the figure that the opportunities give, and why.
namespace forecasting_adjustment_field {
inline constexpr FieldIndex owner{8}, start_date{9}, period_type{10}, item_category{11}, amount{12}, note{13};
}

namespace pricebook_field {
inline constexpr FieldIndex is_active{8}, is_standard{9}, description{10};
}
namespace pricebook_entry_field {  // named by its product
inline constexpr FieldIndex pricebook{8}, product{9}, unit_price{10}, is_active{11};
}
namespace line_item_field {  // named by its product; prices and total are filled in by edit/line_items
inline constexpr FieldIndex opportunity{8}, product{9}, pricebook_entry{10}, quantity{11}, list_price{12},
    unit_price{13} /* the sales price */, discount{14}, total_price{15}, description{16}, service_date{17},
    is_removed{18} /* in data from before RowState::Removed: deleted by itself; hidden */;
}

// A queue (leads wait in it until somebody takes them) or a regular group (its working members get leads in turn).
namespace group_field {
inline constexpr FieldIndex type{8}, last_assigned{9} /* the member whose turn was last */, description{10};
}
namespace group_member_field {  // named by the user; members have their turns in the order in which they were added
inline constexpr FieldIndex group{8}, member{9}, is_working{10} /* takes leads at present */;
}
// Who gets which leads: see conversion/routing.
namespace assignment_rule_entry_field {
inline constexpr FieldIndex sort_order{8}, is_active{9}, criteria{10} /* of a SOQL WHERE over leads */, assigned_to{11};
}

// What counts as a duplicate beside (or in place of) the standard rule: see matching/duplicate_rules. Any rule will do, and all
// of its comparisons must hold.
namespace duplicate_rule_field {
inline constexpr FieldIndex applies_to{8} /* People: leads and contacts; Accounts */, is_active{9}, comparisons{10}, compared_fields{11} /* API names, ; between them */;
}

// Adds every standard object and field that `schema` lacks (all of them to an empty one); keeps what an admin changed.
// A lookup that has got more targets since then gets them: a lead's owner was always a user, and may be a queue now.
void add_standard_objects(Schema& schema);
// What a new custom object starts with: the system fields and OwnerId, by number; the name field's place is a hole.
const std::vector<Field>& custom_system_fields();

}  // namespace outpost
