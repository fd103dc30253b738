#include "core/objects/standard_values.h"

#include <initializer_list>

namespace outpost::standard_values {

namespace {

std::vector<PicklistValue> plain(std::initializer_list<const char*> names) {
    std::vector<PicklistValue> values;
    for (const char* name : names) {
        PicklistValue value;
        value.value = name;
        value.position = static_cast<std::uint16_t>(values.size());
        values.push_back(std::move(value));
    }
    return values;
}

PicklistValue stage(std::uint16_t position, const char* name, std::uint8_t probability, ForecastCategory forecast, std::uint32_t color) {
    PicklistValue value;
    value.value = name;
    value.position = position;
    value.probability = probability;
    value.forecast = forecast;
    value.closed = forecast == ForecastCategory::Closed || forecast == ForecastCategory::Omitted;
    value.won = forecast == ForecastCategory::Closed;
    value.color = color;
    return value;
}

}  // namespace

// Probabilities are Salesforce's defaults.
std::vector<PicklistValue> stages() {
    using enum ForecastCategory;
    std::vector<PicklistValue> values = {
        stage(0, "Prospecting", 10, Pipeline, 0x8AA4C8),
        stage(1, "Qualification", 10, Pipeline, 0x6F9BD8),
        stage(2, "Needs Analysis", 20, Pipeline, 0x4F8FE0),
        stage(3, "Value Proposition", 50, BestCase, 0x3E7BDC),
        stage(4, "Id. Decision Makers", 60, BestCase, 0x5B6FE0),
        stage(5, "Perception Analysis", 70, BestCase, 0x7A66DA),
        stage(6, "Proposal/Price Quote", 75, Commit, 0xA05FCB),
        stage(7, "Negotiation/Review", 90, Commit, 0xD9822B),
        stage(8, "Closed Won", 100, Closed, 0x2E9E6B),
        stage(9, "Closed Lost", 0, Omitted, 0xC2544D),
    };
    values[0].is_default = true;
    return values;
}

std::vector<PicklistValue> forecast_categories() {
    std::vector<PicklistValue> values = plain({"Omitted", "Pipeline", "BestCase", "Commit", "Closed"});
    values[2].label = "Best Case";
    values[0].position = 5;  // shown last
    return values;
}

std::vector<PicklistValue> lead_statuses() {
    std::vector<PicklistValue> values =
        plain({"Open - Not Contacted", "Working - Contacted", "Closed - Converted", "Closed - Not Converted"});
    values[0].is_default = true;
    values[2].closed = values[2].converted = true;
    values[3].closed = true;
    values[0].color = 0x6F9BD8;
    values[1].color = 0xD9822B;
    values[2].color = 0x2E9E6B;
    values[3].color = 0xC2544D;
    return values;
}

std::vector<PicklistValue> lead_sources() {
    return plain({"Web", "Phone Inquiry", "Partner Referral", "Purchased List", "Other"});
}

std::vector<PicklistValue> ratings() {
    std::vector<PicklistValue> values = plain({"Hot", "Warm", "Cold"});
    values[0].color = 0xC2544D;
    values[1].color = 0xD9822B;
    values[2].color = 0x6F9BD8;
    return values;
}

std::vector<PicklistValue> industries() {
    return plain({"Agriculture",   "Apparel",       "Banking",    "Biotechnology", "Chemicals",   "Communications",
                  "Construction",  "Consulting",    "Education",  "Electronics",   "Energy",      "Engineering",
                  "Entertainment", "Environmental", "Finance",    "Food & Beverage", "Government", "Healthcare",
                  "Hospitality",   "Insurance",     "Machinery",  "Manufacturing", "Media",       "Not For Profit",
                  "Recreation",    "Retail",        "Shipping",   "Technology",    "Telecommunications",
                  "Transportation", "Utilities",    "Other"});
}

std::vector<PicklistValue> salutations() { return plain({"Mr.", "Ms.", "Mrs.", "Dr.", "Prof.", "Mx."}); }

std::vector<PicklistValue> account_types() {
    return plain({"Prospect", "Customer - Direct", "Customer - Channel", "Channel Partner / Reseller",
                  "Installation Partner", "Technology Partner", "Other"});
}

std::vector<PicklistValue> opportunity_types() {
    return plain({"New Customer", "Existing Customer - Upgrade", "Existing Customer - Replacement",
                  "Existing Customer - Downgrade"});
}

std::vector<PicklistValue> lost_reasons() {
    return plain({"Pricing", "Competition", "Budget Constraints", "Missing Features", "Long Sales Cycle",
                  "No Decision-Maker", "Unresponsive Prospect", "Poor Fit", "Other"});
}

std::vector<PicklistValue> duplicate_rule_objects() { return plain({"People", "Accounts"}); }

// In the order of matching's MatchComparison.
std::vector<PicklistValue> duplicate_rule_comparisons() {
    return plain({"First Name", "Similar First Name", "Last Name", "Similar Last Name", "Company", "Similar Company", "Email",
                  "Email Domain", "Phone", "Title", "Street", "City", "Postal Code", "Website"});
}

bool compares_people_only(std::string_view comparison) {
    return comparison.find("Name") != std::string_view::npos || comparison.starts_with("Email") || comparison == "Title";
}

std::vector<PicklistValue> contact_roles() {
    return plain({"Business User", "Decision Maker", "Economic Buyer", "Economic Decision Maker", "Evaluator",
                  "Executive Sponsor", "Influencer", "Technical Buyer", "Other"});
}

std::vector<PicklistValue> task_statuses() {
    std::vector<PicklistValue> values =
        plain({"Not Started", "In Progress", "Completed", "Waiting on someone else", "Deferred"});
    values[0].is_default = true;
    values[2].closed = true;
    values[2].color = 0x2E9E6B;
    return values;
}

std::vector<PicklistValue> task_priorities() {
    std::vector<PicklistValue> values = plain({"High", "Normal", "Low"});
    values[1].is_default = true;
    values[0].color = 0xC2544D;
    return values;
}

std::vector<PicklistValue> call_types() { return plain({"Inbound", "Outbound", "Internal"}); }

std::vector<PicklistValue> activity_types() { return plain({"Call", "Email", "Meeting", "Other"}); }

std::vector<PicklistValue> group_types() {
    std::vector<PicklistValue> values = plain({"Queue", "Regular"});
    values[0].is_default = true;
    values[1].label = "Round-Robin Group";
    return values;
}

std::vector<PicklistValue> period_types() {
    std::vector<PicklistValue> values = plain({"Month", "Quarter"});
    values[0].is_default = true;
    return values;
}

std::vector<PicklistValue> forecasting_item_categories() {
    std::vector<PicklistValue> values = plain({"OpenPipeline", "BestCaseForecast", "CommitForecast"});
    values[0].label = "Open Pipeline";
    values[1].label = "Best Case";
    values[2].label = "Commit";
    return values;
}

}  // namespace outpost::standard_values
