// Headers that other CRMs write must find their fields by themselves.
#include <doctest/doctest.h>

#include <map>

#include "core/base/text.h"
#include "tests/support/import_fixture.h"

using namespace outpost;

namespace {

// Of a file with this header and one row of values: where each column goes.
std::map<std::string, std::string> targets(std::string_view object, const std::string& header, const std::string& row = {}) {
    testing::ImportFixture f;
    const char delimiter = header.find('|') != std::string::npos ? '|' : ',';
    std::string values = row;
    if (values.empty())
        for (std::size_t i = 0; i < split(header, delimiter).size(); ++i) values += (i ? std::string(1, delimiter) : "") + "x" + std::to_string(i);
    ImportSourceOptions options;
    options.delimiter = delimiter;
    ImportSource source(header + "\n" + values + "\n", options, nullptr, f.clock);
    while (!source.is_done()) REQUIRE(source.step(1'000'000));
    const ImportPlan plan = make_import_plan(source, f.records, f.records.schema().find_object(object)->index);
    std::map<std::string, std::string> found;
    for (std::uint32_t column = 0; column < plan.columns.size(); ++column) found[source.headers()[column]] = column_target_text(plan, column, f.records);
    return found;
}

void check(std::string_view object, std::initializer_list<std::pair<const char*, const char*>> wanted, const std::string& row = {}) {
    std::string header;
    for (const auto& [name, target] : wanted) header += (header.empty() ? "" : "|") + std::string(name);
    std::map<std::string, std::string> found = targets(object, header, row);
    for (const auto& [name, target] : wanted) {
        CAPTURE(object);
        CAPTURE(name);
        CHECK(found[name] == target);
    }
}

}  // namespace

TEST_CASE("import headers: Salesforce's lead import, reports and API names") {
    check("Lead", {{"Annual Revenue", "AnnualRevenue"}, {"City", "City"}, {"Company", "Company"}, {"Country", "Country"}, {"Description", "Description"},
                   {"Email", "Email"}, {"Email Opt Out", "HasOptedOutOfEmail"}, {"No. of Employees", "NumberOfEmployees"}, {"Fax", "Fax"},
                   {"First Name", "FirstName"}, {"Last Name", "LastName"}, {"Industry", "Industry"}, {"Lead Source", "LeadSource"}, {"Lead Status", "Status"},
                   {"Mobile Phone", "MobilePhone"}, {"Phone", "Phone"}, {"Postal Code", "PostalCode"}, {"Rating", "Rating"}, {"Record Owner", "Owner.Name"},
                   {"Salutation", "Salutation"}, {"State", "State"}, {"Street", "Street"}, {"Title", "Title"}, {"Website", "Website"}});
    check("Lead", {{"Full Name", "Name"}, {"Company", "Company"}});
    check("Lead", {{"LASTNAME", "LastName"}, {"FIRSTNAME", "FirstName"}, {"ISDELETED", ""}, {"MASTERRECORDID", ""}, {"POSTALCODE", "PostalCode"}, {"MOBILEPHONE", "MobilePhone"},
                   {"LEADSOURCE", "LeadSource"}, {"STATUS", "Status"}, {"COMPANY", "Company"}});
    check("Contact", {{"First Name", "FirstName"}, {"Last Name", "LastName"}, {"Email", "Email"}, {"Phone", "Phone"}, {"Account Name", "Account.Name"},
                      {"Mailing City", "MailingCity"}, {"Mailing State/Province", "MailingState"}, {"Mailing Zip/Postal Code", "MailingPostalCode"}, {"Last Activity", ""}});
    check("Opportunity", {{"Opportunity Owner", "Owner.Name"}, {"Account Name", "Account.Name"}, {"Opportunity Name", "Name"}, {"Stage", "StageName"}, {"Fiscal Period", ""},
                          {"Amount", "Amount"}, {"Expected Revenue", ""}, {"Probability (%)", "Probability"}, {"Age", ""}, {"Close Date", "CloseDate"},
                          {"Created Date", "StartDate"}, {"Next Step", "NextStep"}, {"Lead Source", "LeadSource"}, {"Type", "Type"}});
}

TEST_CASE("import headers: Attio, and who has an activity of a Salesforce report") {
    for (const std::string prefix : {"", "Record > "}) {
        const auto found = targets("Contact", prefix + "Name|" + prefix + "Email addresses|" + prefix + "Phone numbers|" + prefix + "Job title|Record ID", "Ann Lee|a@x.com, b@x.com|+49 30 123456|CEO|8f1c");
        CHECK(found.at(prefix + "Name") == "Name");
        CHECK(found.at(prefix + "Email addresses") == "Email");
        CHECK(found.at(prefix + "Phone numbers") == "Phone");
        CHECK(found.at(prefix + "Job title") == "Title");
        CHECK(found.at("Record ID").empty());
    }
    check("Task", {{"Subject", "Subject"}, {"Assigned", "Owner.Name"}});
    check("Event", {{"Subject", "Subject"}, {"Assigned", "Owner.Name"}});
}

TEST_CASE("import headers: HubSpot") {
    check("Contact", {{"Record ID", ""}, {"First Name", "FirstName"}, {"Last Name", "LastName"}, {"Email", "Email"}, {"Phone Number", "Phone"}, {"Job Title", "Title"},
                      {"Contact owner", "Owner.Name"}, {"Associated Company", "Account.Name"}, {"City", "MailingCity"}, {"State/Region", "MailingState"},
                      {"Postal Code", "MailingPostalCode"}, {"Country/Region", "MailingCountry"}});
    check("Lead", {{"First Name", "FirstName"}, {"Last Name", "LastName"}, {"Lead Status", "Status"}, {"Associated Company", "Company"}, {"Website URL", "Website"},
                   {"State/Region", "State"}, {"Country/Region", "Country"}});
    check("Account", {{"Record ID", ""}, {"Company name", "Name"}, {"Company Domain Name", "Website"}, {"Company owner", "Owner.Name"}, {"Industry", "Industry"}});
    check("Opportunity", {{"Record ID", ""}, {"Deal Name", "Name"}, {"Deal Stage", "StageName"}, {"Amount", "Amount"}, {"Close Date", "CloseDate"}, {"Deal owner", "Owner.Name"},
                          {"Associated Company", "Account.Name"}, {"Create Date", "StartDate"}});
}

TEST_CASE("import headers: Pipedrive") {
    check("Contact", {{"Person - Name", "Name"}, {"Person - Phone", "Phone"}, {"Person - Email (Work)", "Email"}, {"Organization - Name", "Account.Name"}});
    check("Contact", {{"Person - First name", "FirstName"}, {"Person - Last name", "LastName"}, {"Person - Email - Work", "Email"}, {"Person - Phone - Work", "Phone"},
                      {"Person - Phone - Mobile", "MobilePhone"}, {"Person - Organization", "Account.Name"}, {"Person - Owner", "Owner.Name"}});
    check("Account", {{"Organization - Name", "Name"}, {"Organization - Address", "BillingStreet"}, {"Organization - Owner", "Owner.Name"}});
    check("Opportunity", {{"Deal - Title", "Name"}, {"Deal - Value", "Amount"}, {"Deal - Stage", "StageName"}, {"Deal - Currency of value", ""},
                          {"Deal - Expected close date", "CloseDate"}, {"Deal - Lost reason", "LostReason"}, {"Deal - Probability", "Probability"},
                          {"Deal - Owner", "Owner.Name"}, {"Deal - Organization", "Account.Name"}, {"Deal - Contact person", "Contact.Name"}});
    check("Task", {{"Activity - Subject", "Subject"}, {"Activity - Due date", "ActivityDate"}, {"Activity - Assigned to user", "Owner.Name"}, {"Note - Content", "Description"},
                   {"Activity - Done", "Status"}, {"Activity - Type", "Type"}, {"Deal title", "What.Name"}, {"Person - Name", "Who.Name"}});
    check("Task", {{"Call Title", "Subject"}, {"Call outcome", "CallDisposition"}, {"Call direction", "CallType"}, {"Associated Deal", "What.Name"}, {"Call duration (HH:mm:ss)", "CallDurationInSeconds"}});
    check("Event", {{"Meeting name", "Subject"}, {"Host", "Owner.Name"}, {"From", "StartDateTime"}, {"To", "EndDateTime"}, {"All day", "IsAllDayEvent"}});
}

TEST_CASE("import headers: Google Contacts, Outlook, Zoho, Dynamics") {
    check("Contact", {{"Given Name", "FirstName"}, {"Family Name", "LastName"}, {"E-mail 1 - Value", "Email"}, {"Phone 1 - Value", "Phone"}, {"Organization 1 - Name", "Account.Name"},
                      {"Organization 1 - Title", "Title"}, {"Address 1 - City", "MailingCity"}});
    check("Contact", {{"First Name", "FirstName"}, {"Last Name", "LastName"}, {"Organization Name", "Account.Name"}, {"Organization Title", "Title"},
                      {"Organization Department", "Department"}, {"E-mail 1 - Value", "Email"}, {"Phone 1 - Value", "Phone"}, {"Address 1 - Country", "MailingCountry"}});
    check("Contact", {{"First Name", "FirstName"}, {"Last Name", "LastName"}, {"E-mail Address", "Email"}, {"Business Phone", "Phone"}, {"Mobile Phone", "MobilePhone"},
                      {"Company", "Account.Name"}, {"Job Title", "Title"}, {"Business Street", "MailingStreet"}, {"Business City", "MailingCity"},
                      {"Business Country/Region", "MailingCountry"}});
    check("Opportunity", {{"Deal Owner", "Owner.Name"}, {"Deal Name", "Name"}, {"Closing Date", "CloseDate"}, {"Account Name", "Account.Name"}, {"Stage", "StageName"},
                          {"Amount", "Amount"}, {"Probability (%)", "Probability"}, {"Contact Name", "Contact.Name"}});
    check("Opportunity", {{"Topic", "Name"}, {"Potential Customer", "Account.Name"}, {"Est. Close Date", "CloseDate"}, {"Est. Revenue", "Amount"}, {"Owner", "Owner.Name"}});
}

TEST_CASE("import headers: a file of thousands of columns is mapped in a moment, repeated names too") {
    std::string header, row;
    for (int i = 0; i < 4000; ++i) {
        header += (i ? "," : "") + std::string(i % 3 == 0 ? "Name" : i % 3 == 1 ? "Notes" : "Thing " + std::to_string(i));
        row += i ? ",1" : "1";
    }
    const auto found = targets("Lead", header, row);
    CHECK(found.size() == 4000);
    CHECK(found.at("Name") == "Name");
    CHECK(found.at("Name (2)") == "");
}

TEST_CASE("import headers: Zoho, Dynamics, SuiteCRM, Bitrix24") {
    check("Lead", {{"Lead Owner", "Owner.Name"}, {"Company", "Company"}, {"First Name", "FirstName"}, {"Last Name", "LastName"}, {"Designation", "Title"}, {"Mobile", "MobilePhone"},
                   {"Lead Source", "LeadSource"}, {"Lead Status", "Status"}, {"No. of Employees", "NumberOfEmployees"}, {"Email Opt Out", "HasOptedOutOfEmail"}, {"Zip Code", "PostalCode"},
                   {"Modified Time", ""}, {"Last Activity Time", ""}});
    check("Opportunity", {{"Deal Owner", "Owner.Name"}, {"Deal Name", "Name"}, {"Closing Date", "CloseDate"}, {"Account Name", "Account.Name"}, {"Stage", "StageName"}, {"Pipeline", "Pipeline"},
                          {"Amount", "Amount"}, {"Probability (%)", "Probability"}, {"Created Time", "StartDate"}, {"Modified Time", ""}});
    check("Opportunity", {{"Topic", "Name"}, {"Potential Customer", "Account.Name"}, {"Est. Close Date", "CloseDate"}, {"Est. Revenue", "Amount"}, {"Pipeline Phase", "StageName"},
                          {"Modified On", ""}, {"Created On", "StartDate"}});
    check("Lead", {{"Address 1: Street 1", "Street"}, {"Address 1: City", "City"}, {"Address 1: State/Province", "State"}, {"Address 1: ZIP/Postal Code", "PostalCode"},
                   {"Address 1: Country/Region", "Country"}, {"Company Name", "Company"}, {"Last Name", "LastName"}});
    check("Lead", {{"first_name", "FirstName"}, {"last_name", "LastName"}, {"account_name", "Company"}, {"phone_work", "Phone"}, {"phone_mobile", "MobilePhone"},
                   {"primary_address_street", "Street"}, {"primary_address_city", "City"}, {"primary_address_postalcode", "PostalCode"}, {"lead_source", "LeadSource"},
                   {"assigned_user_name", "Owner.Name"}, {"date_modified", ""}});
    check("Opportunity", {{"name", "Name"}, {"account_name", "Account.Name"}, {"date_closed", "CloseDate"}, {"sales_stage", "StageName"}, {"amount", "Amount"}, {"date_entered", "StartDate"}});
    check("Opportunity", {{"Deal name", "Name"}, {"Stage", "StageName"}, {"Total", "Amount"}, {"Responsible person", "Owner.Name"}, {"Company", "Account.Name"}, {"Expected close date", "CloseDate"}});
}

TEST_CASE("import headers: a column named as what numbers itself is no new field") {
    testing::ImportFixture f;
    REQUIRE(f.run(R"({"command": "DefineField", "object": "Account", "field": "Seq__c", "label": "Serial", "type": "AutoNumber", "displayFormat": "N{00}"})"));
    ImportSource source("Account Name,Serial,Colour\nAcme,N01,red\n", {}, nullptr, f.clock);
    while (!source.is_done()) REQUIRE(source.step(1'000'000));
    const ImportPlan plan = make_import_plan(source, f.records, standard_object::account);
    CHECK(plan.columns[1].reason_key == "import.mapped.derived");
    CHECK(plan.columns[2].reason_key == "import.mapped.none");
}

TEST_CASE("import headers: Pipedrive's addresses in parts, with the house number where the country has it") {
    check("Account", {{"Organization - Name", "Name"}, {"Organization - Address", ""}, {"Organization - House number of Address", ""},
                      {"Organization - Street/road name of Address", "BillingStreet"}, {"Organization - City/town/village/locality of Address", "BillingCity"},
                      {"Organization - State/county of Address", "BillingState"}, {"Organization - ZIP/Postal code of Address", "BillingPostalCode"},
                      {"Organization - Country of Address", "BillingCountry"}, {"Organization - Full/combined address of Address", ""}});
    check("Contact", {{"Person - Name", "Name"}, {"Person - Street/road name of Postal address", "MailingStreet"}, {"Person - Country of Postal address", "MailingCountry"}});
    testing::ImportFixture f;
    const ImportReport report = f.import("Name,Street/road name of Address,House number of Address,City/town/village/locality of Address,Full/combined address of Address\n"
                                         "Acme,Hauptstraße,5,Berlin,\"Hauptstraße 5, 10117 Berlin, Germany\"\nBolt,Main Street,12,Springfield,\"12 Main Street, Springfield, USA\"\n"
                                         "Coil,Rue X,,Paris,\"Rue X, Paris\"\nDyna,,,,\"Somewhere far\"\nEon,,,,\n", "Account");
    CHECK(report.created == 5);
    std::string streets;
    for (RowIndex row = 0; row < 5; ++row) streets += f.text({standard_object::account, row}, "BillingStreet") + "|" + f.text({standard_object::account, row}, "BillingCity") + " ";
    CHECK(streets == "Hauptstraße 5|Berlin 12 Main Street|Springfield Rue X|Paris Somewhere far| | ");
}

TEST_CASE("import headers: a header that comes again is handed back, and no value is judged by it") {
    testing::ImportFixture f;
    const ImportReport report = f.import("Name,Industry,Employees\nAcme,Energy,120\nName,Industry,Employees\nBolt,Energy,7\nName,,9\n", "Account");
    CHECK(report.created == 3);   // an account may be called Name
    CHECK(report.failed == 1);
    CHECK(report.failures_csv.find("Name,Industry,Employees,This row repeats the names of the columns.\r\n") != std::string::npos);
    CHECK(f.live("Account") == 3);
    CHECK(f.text({standard_object::account, 1}, "NumberOfEmployees") == "7");
    // One name alone may be a value.
    CHECK(f.import("Name\nName\nZed\n", "Account").created == 2);
}

TEST_CASE("import headers: Monday.com's titles stand above the header, and a group's title is no record") {
    testing::ImportFixture f;
    const ImportReport report = f.import("Sales board,,\nThis quarter,,\nLast Name,Company,Email\nAnn,Acme,ann@acme.example\n,,\nNext quarter,,\nLast Name,Company,Email\nBo,Bolt,bo@bolt.example\n", "Lead");
    CHECK(report.created == 2);
    CHECK(report.failures_csv.find("Next quarter,,,Company is required.") != std::string::npos);
    CHECK(f.live("Lead") == 2);
}

TEST_CASE("import headers: Outlook in German, French and Chinese, Shopify, Zoho") {
    check("Contact", {{"Vorname", "FirstName"}, {"Nachname", "LastName"}, {"Firma", "Account.Name"}, {"Abteilung", "Department"}, {"Position", "Title"}, {"Straße geschäftlich", "MailingStreet"},
                      {"Ort geschäftlich", "MailingCity"}, {"Region geschäftlich", "MailingState"}, {"Postleitzahl geschäftlich", "MailingPostalCode"}, {"Land/Region geschäftlich", "MailingCountry"},
                      {"Fax geschäftlich", "Fax"}, {"Telefon geschäftlich", "Phone"}, {"Mobiltelefon", "MobilePhone"}, {"E-Mail-Adresse", "Email"}, {"Notizen", "Description"}});
    check("Contact", {{"Prénom", "FirstName"}, {"Nom", "LastName"}, {"Société", "Account.Name"}, {"Fonction", "Title"}, {"Rue (bureau)", "MailingStreet"}, {"Ville (bureau)", "MailingCity"},
                      {"Dép/Région (bureau)", "MailingState"}, {"Code postal (bureau)", "MailingPostalCode"}, {"Pays/Région (bureau)", "MailingCountry"}, {"Télécopie (bureau)", "Fax"},
                      {"Téléphone (bureau)", "Phone"}, {"Tél. mobile", "MobilePhone"}, {"Adresse de messagerie", "Email"}});
    check("Contact", {{"姓", "LastName"}, {"名", "FirstName"}, {"公司", "Account.Name"}, {"部门", "Department"}, {"职务", "Title"}, {"商务地址 街道", "MailingStreet"}, {"商务地址 市/县", "MailingCity"},
                      {"商务地址 省/市/自治区", "MailingState"}, {"商务地址 邮政编码", "MailingPostalCode"}, {"商务地址 国家/地区", "MailingCountry"}, {"商务电话", "Phone"}, {"移动电话", "MobilePhone"},
                      {"商务传真", "Fax"}, {"电子邮件地址", "Email"}, {"附注", "Description"}});
    check("Lead", {{"客户名称", "Company"}, {"联系人", "Name"}, {"详细地址", "Street"}, {"跟进人", "Owner.Name"}});
    check("Lead", {{"Last Name", "LastName"}, {"Customer", "Company"}, {"Mobile No.", "MobilePhone"}, {"Assignee", "Owner.Name"}});
    check("Contact", {{"Last Name", "LastName"}, {"Default Address Company", "Account.Name"}, {"Default Address Address1", "MailingStreet"}, {"Default Address City", "MailingCity"},
                      {"Default Address Province Code", "MailingState"}, {"Default Address Country Code", "MailingCountry"}, {"Default Address Zip", "MailingPostalCode"}, {"Reporting To", "ReportsTo.Name"}});
    check("Opportunity", {{"Deal Name", "Name"}, {"Closed on", "CloseDate"}}, "A|2026-03-05");
}

TEST_CASE("import headers: what a report says of itself above its header is no header, in names and values too") {
    testing::ImportFixture f;
    CHECK(f.import("Report:,Customers,\nDate:,2026-11-28,\nCompany,City,Phone\nAcme,Oslo,1\nBeta,Rome,2\n", "Account").created == 2);
    CHECK(f.text({standard_object::account, 0}, "Name") == "Acme");
    CHECK(f.import("Name:,City\nCoil,Oslo\nDyna,Rome\n", "Account").created == 2);
}
