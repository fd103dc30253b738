// The picklist values that a new database starts with, as data (Salesforce's names; the stages spread over more
// forecast categories than there, where all open stages are Pipeline). Called by: objects/standard.cpp.
#pragma once

#include <vector>

#include "core/objects/field.h"

namespace outpost::standard_values {

std::vector<PicklistValue> stages();
std::vector<PicklistValue> forecast_categories();  // code = enumerator + 1
std::vector<PicklistValue> lead_statuses();
std::vector<PicklistValue> lead_sources();
std::vector<PicklistValue> ratings();
std::vector<PicklistValue> industries();
std::vector<PicklistValue> salutations();
std::vector<PicklistValue> account_types();
std::vector<PicklistValue> opportunity_types();
std::vector<PicklistValue> lost_reasons();
std::vector<PicklistValue> duplicate_rule_objects();
std::vector<PicklistValue> duplicate_rule_comparisons();
bool compares_people_only(std::string_view comparison);   // an account has no person's name, e-mail or title
std::vector<PicklistValue> contact_roles();
std::vector<PicklistValue> task_statuses();
std::vector<PicklistValue> task_priorities();
std::vector<PicklistValue> activity_types();
std::vector<PicklistValue> call_types();
std::vector<PicklistValue> group_types();
std::vector<PicklistValue> period_types();                // of a fiscal year
std::vector<PicklistValue> forecasting_item_categories();  // cumulative columns of a forecast that can be adjusted

}  // namespace outpost::standard_values
