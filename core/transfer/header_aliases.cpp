#include "core/transfer/header_aliases.h"

#include <algorithm>
#include <map>
#include <string>

#include "core/base/text.h"

namespace outpost {

namespace {

// One target and the headers that mean it, parted by "|"; "~" before those that often mean something else, too.
struct Alias {
    std::string_view target;
    std::string_view headers;
};

struct AliasGroup {
    std::string_view objects;   // API names, each between blanks; "" all objects
    const Alias* begin;
    const Alias* end;
};

// Parts of an address, of a person's as of a company's: with what Outlook calls them in German, French and Chinese.
constexpr std::string_view street_headers =
    "Address|Street|Street Address|Address 1|Address Line 1|Address Line1|Street 1|Business Street|Address 1 - Street|Address 1: Street 1|Primary Address Street|Default Address Address1|地址|街道|"
    "详细地址|商务地址 街道|Straße|Anschrift|Straße geschäftlich|Rue|Adresse|Rue (bureau)";
constexpr std::string_view city_headers =
    "City|Town|City/Town/Village/Locality|Business City|Address 1 - City|Address 1: City|Primary Address City|Address City|Default Address City|城市|商务地址 市/县|Ort|Stadt|Ort geschäftlich|Ville|Ville (bureau)";
constexpr std::string_view state_headers =
    "State|State/Region|State/County|State/Province|Province|~Region|County|Business State|Address 1 - Region|Address 1: State/Province|Primary Address State|Address State|Default Address Province Code|省|省份|州|"
    "商务地址 省/市/自治区|Bundesland|Region geschäftlich|Dép/Région (bureau)";
constexpr std::string_view postal_code_headers =
    "Zip|Zip Code|Postal Code|Postcode|Post Code|Zip/Postal Code|Business Postal Code|Address 1 - Postal Code|Address 1: ZIP/Postal Code|Primary Address Postalcode|Address Zip|Default Address Zip|邮编|邮政编码|"
    "商务地址 邮政编码|PLZ|Postleitzahl|Postleitzahl geschäftlich|Code postal|Code postal (bureau)";
constexpr std::string_view country_headers =
    "Country|Country/Region|Business Country/Region|Address 1 - Country|Address 1: Country/Region|Primary Address Country|Address Country|Default Address Country|Default Address Country Code|国家|"
    "商务地址 国家/地区|~Land|Land/Region geschäftlich|Pays|Pays/Région (bureau)";

constexpr Alias common[] = {
    {"Owner.Name", "Owner Full Name|Owned By|Assigned To|Rep Name|Agent Name|Sales Rep Name|Sales Agent Name|Salesperson Name|Seller|Seller Name|Sales Rep|Sales Representative|Rep|Sales Agent|Salesperson|Account Executive|"
                   "Account Manager|Owner Alias|Activity - Assigned to user|Activity assigned to|Assigned User|Assigned User Name|Assigned To Name|Responsible|Responsible Person|Assignee|负责人|跟进人|所有人|拥有者|销售|销售代表"},
    {"OwnerId", "Rep ID|Agent ID|Sales Rep ID|Sales Agent ID|Salesperson ID|Seller ID"},
    {"Description", "Notes|Note|Comments|Comment|Remarks|Memo|About|Details|Note - Content|Person - Note|备注|描述|说明|Full Comments|Additional Information|附注|Notizen|Bemerkungen|Remarques"},
    {"-", "Is Deleted|Master Record ID|System Modstamp|Created By ID|Created By|Last Modified By ID|Last Modified By|Last Modified Date|Modified Date|"
          "Update Date|Last Activity|Modified Time|Modified On|Date Modified|Updated At|Updated On|Last Activity Time|Last Modified On|Last Activity Date|Last Viewed Date|Last Referenced Date|Is Converted|Full Address|Photo Url|Row Checksum|Clean Status|Jigsaw|Import error|导入错误"},
};

constexpr Alias person[] = {
    {"Salutation", "Name Prefix|Prefix|Honorific|Title Prefix|称呼"},
    {"FirstName", "First|Given Name|Forename|Person - First name|Contact First Name|Christian Name|名|Vorname|Prénom"},
    {"LastName", "Last|Surname|Family Name|Person - Last name|Contact Last Name|姓|Nachname|Nom"},
    {"Name", "Full Name|Contact Name|Person|Person Name|Person - Name|Lead Name|Contact|Display Name|Contact Person|File As|姓名|联系人|联系人姓名"},
    {"Title", "Job Title|Position|Job|Role|Designation|Contact Title|Person - Job title|Organization 1 - Title|Organization Title|Occupation|职位|职务|Fonction|Titre (2)"},
    {"Email", "E-mail|Email Address|E-mail Address|Primary Email|Mail|Work Email|Business Email|Person - Email|Person - Email (Work)|Person - Email - Work|Person - Email - Home|E-mail 1 - Value|"
              "Contact Email|Email 1|Email Addresses|邮箱|电子邮件|电子邮箱|电子邮件地址|E-Mail-Adresse|Adresse de messagerie|Adresse de courrier|Courriel"},
    {"Phone", "Phone Number|Telephone|Tel|Work Phone|Business Phone|Office Phone|Primary Phone|Phone Work|Phone 1 - Value|Person - Phone|Person - Phone (Work)|Person - Phone - Work|"
              "Contact Phone|Telephone Number|Phone 1|Phone Numbers|Direct Phone|电话|联系电话|办公电话|商务电话|Telefon|Telefon geschäftlich|Téléphone|Téléphone (bureau)"},
    {"MobilePhone", "Mobile|Cell|Cell Phone|Phone Mobile|Mobile Phone Number|Mobile Number|Mobile No.|Mobiltelefon|Handy|Tél. mobile|Cellphone|Person - Phone (Mobile)|Person - Phone - Mobile|Phone 2 - Value|手机|手机号|移动电话"},
    {"Fax", "Fax Number|Business Fax|Work Fax|Phone Fax|Person - Phone (Fax)|传真|商务传真|Fax geschäftlich|Télécopie (bureau)"},
    {"HasOptedOutOfEmail", "Email Opt Out|Email Opted Out|Email Opt-Out|Opted Out|Unsubscribed|Unsubscribed from all email|Do Not Email|Marketing opt out"},
    {"DoNotCall", "Do Not Call|No Calls"},
    {"LeadSource", "Source|Original Source|Original Traffic Source|Lead Origin Source|Deal - Source|Person - Source|来源|线索来源"},
};

constexpr Alias lead[] = {
    {"Company", "Company Name|Account|Account Name|Organization|Organisation|Organization Name|Organization - Name|Employer|Business|Associated Company|"
                "Company / Account|Firm|Firma|Customer|Organization 1 - Name|Default Address Company|公司|公司名称|单位|客户|客户名称|Société|Entreprise|Unternehmen"},
    {"Status", "Lead Status|Stage|Lead Stage|Lifecycle Status|状态|线索状态"},
    {"Website", "Website URL|Web Site|URL|Web|Company Website|Homepage|Company Domain Name|网址|网站|网页|Webseite|Page Web|Site web"},
    {"Street", street_headers},
    {"Street", "Mailing Street"},
    {"City", city_headers},
    {"City", "Mailing City"},
    {"State", state_headers},
    {"State", "Mailing State|Mailing State/Province"},
    {"PostalCode", postal_code_headers},
    {"PostalCode", "Mailing Zip|Mailing Zip/Postal Code"},
    {"Country", country_headers},
    {"Country", "Mailing Country"},
    {"NumberOfEmployees", "No. of Employees|Employees|Employee Count|Number of Employees|Company Size|Headcount|员工数|员工人数"},
    {"AnnualRevenue", "Revenue|Turnover|Annual Sales|年收入|年营业额"},
    {"Industry", "Sector|Vertical|~Branch|Branche|行业"},
    {"Rating", "Lead Rating|Temperature|Lead Quality|评级"},
    {"-", "retURL|oid"},  // of web-to-lead forms
};

constexpr Alias contact[] = {
    {"Account.Name", "Account|Account Name|Company|Company Name|Organization|Organisation|Organization Name|Organization - Name|Person - Organization|Employer|"
                     "Associated Company|Primary Associated Company|Business|Customer|Organization 1 - Name|Default Address Company|公司|公司名称|客户|客户名称|单位|Firma|Unternehmen|Kunde|Société|Entreprise"},
    {"Account.Website", "Associated Company Domain|Company Domain|Company Domain Name|Associated Company Domain Name|Domain"},
    {"Department", "Dept|Division|Organization 1 - Department|Organization Department|部门|Abteilung|~Service"},
    {"ReportsTo.Name", "Reports To|Reporting To|Manager|Manager Name|Supervisor|上级"},
    {"MailingStreet", street_headers},
    {"MailingStreet", "Home Street|Person - Postal address"},
    {"MailingCity", city_headers},
    {"MailingCity", "Home City"},
    {"MailingState", state_headers},
    {"MailingState", "Mailing State/Province|Home State"},
    {"MailingPostalCode", postal_code_headers},
    {"MailingPostalCode", "Mailing Zip|Mailing Zip/Postal Code|Home Postal Code"},
    {"MailingCountry", country_headers},
    {"MailingCountry", "Home Country/Region"},
    {"Birthdate", "Birthday|Date of Birth|Birth Date|DOB|生日|出生日期|Geburtstag|Geburtsdatum|Anniversaire|Date de naissance"},
};

constexpr Alias account[] = {
    {"Name", "Account|Account Name|Company|Company Name|Organization|Organisation|Organization Name|Organization - Name|Customer|Customer Name|Client|Business Name|"
             "Firm|Firma|Supplier|Supplier Name|Organization 1 - Name|Default Address Company|公司|公司名称|客户|客户名称|企业名称|Unternehmen|Kunde|Société|Entreprise"},
    {"Parent.Name", "Parent Account|Parent|Parent Company|Subsidiary Of|Parent Account Name|Parent Organization|Holding|Parent Company Name|母公司|上级公司"},
    {"Industry", "Sector|Vertical|~Branch|Branche|Line of Business|行业"},
    {"Type", "Account Type|Customer Type|Relationship|类型|客户类型"},
    {"AnnualRevenue", "Revenue|Turnover|Annual Turnover|Annual Sales|Sales Volume|年收入|营业额|年营业额"},
    {"NumberOfEmployees", "No. of Employees|Employees|Employee Count|Number of Employees|Company Size|Headcount|Size|Staff|NumEmp|员工数|员工人数"},
    {"Phone", "Phone Number|Telephone|Tel|Main Phone|Company Phone|Phone Office|Business Phone|Work Phone|Organization - Phone|Telephone Number|电话|联系电话|Telefon|Téléphone"},
    {"Fax", "Fax Number|Business Fax|传真"},
    {"Website", "Website URL|Web Site|URL|Web|Homepage|Home Page|Company Domain Name|Domain|Domain Name|Company Website|Organization - Website|网址|网站|Webseite|Site web"},
    {"BillingStreet", street_headers},
    {"BillingStreet", "Billing Address|Organization - Address|Billing Address Line 1|Billing Address Street"},
    {"BillingCity", city_headers},
    {"BillingCity", "Billing City|Billing Address City"},
    {"BillingState", state_headers},
    {"BillingState", "Billing State/Province|Billing Address State"},
    {"BillingPostalCode", postal_code_headers},
    {"BillingPostalCode", "Billing Zip|Billing Zip/Postal Code|Billing Address Postalcode"},
    {"BillingCountry", country_headers},
    {"BillingCountry", "Billing Address Country|Office Location|~Location|HQ Country|~Headquarters"},
    {"ShippingPostalCode", "Shipping Zip|Shipping Zip/Postal Code"},
    {"ShippingState", "Shipping State/Province"},
    {"AccountNumber", "Account No|Account Number|Customer Number|Customer No|Customer Code|客户编号|Kundennummer"},
    {"AccountSource", "Source|Account Source|Lead Source|来源"},
    {"Rating", "Account Rating|评级"},
    {"YearStarted", "Year Established|Founded|Year Founded|Established|Founding Year|Year Started|成立年份"},
};

constexpr Alias opportunity[] = {
    {"Name", "Opportunity|Opportunity Name|Deal|Deal Name|Deal - Title|Deal Title|Title|Sale|Potential Name|Lead Title|Subject|Topic|商机|商机名称|机会名称"},
    {"Account.Name", "Account|Account Name|Company|Company Name|Organization|Organization Name|Organization - Name|Deal - Organization|Customer|Customer Name|Client|"
                     "Associated Company|Primary Associated Company|Potential Customer|Lead Name|公司|客户|客户名称|公司名称"},
    {"Account.Website", "Associated Company Domain|Company Domain|Associated Company Domain Name|Company Domain Name"},
    {"Contact.Email", "Associated Contact Email|Contact Email|Primary Contact Email"},
    {"Contact.Name", "Contact|Contact Name|Contact Person|Primary Contact|Primary Person|Person|Person - Name|Deal - Contact person|Associated Contact|联系人"},
    {"Product2.Name", "Product|Product Name|Item|Product Line|产品|产品名称"},
    {"StageName", "Stage|Deal Stage|Deal - Stage|Opportunity Stage|Sales Stage|Pipeline Stage|Pipeline Phase|Phase|Current Stage|Status Label|阶段|销售阶段|商机阶段"},
    {"Amount", "Value|Close Value|Deal Value|Deal - Value|Deal Amount|Total|Total Amount|Total Value|Grand Total|Opportunity Amount|Price|Size|Deal Size|Contract Value|Amount in company currency|Est. Revenue|Estimated Revenue|Estimated Value|"
               "金额|商机金额|预计金额|预计成交金额"},
    {"CloseDate", "Closing Date|Close|Expected Date|Expected Close Date|Expected Closing|Deal - Expected close date|Expected Close|Closed Date|Due Date|Close Date|Est. Close Date|Estimated Close Date|Date Closed|Closed On|Expected Close On|Anticipated Close Date|End Date|预计成交日期|成交日期|结束日期"},
    {"StartDate", "Engage Date|Start Date|Open Date|Opened|Create Date|Created|Created Date|Created At|Created Time|Created On|Date Entered|Creation Date|Date Created|Deal - Deal created|开始日期|创建日期"},
    {"OwnerId", "Employee ID|User ID"},
    {"Pipeline", "Deal Pipeline|Deal - Pipeline|Sales Pipeline|Pipeline Name|Sales Process|管道|销售管道"},
    {"Probability", "Probability (%)|Win Probability|Deal - Probability|Deal Probability|Win %|概率|赢率"},
    {"Type", "Deal Type|Opportunity Type|类型|商机类型"},
    {"NextStep", "Next Step|Next Steps|Next Action|Next Activity|下一步"},
    {"LeadSource", "Source|Lead Source|Original Source|Original Traffic Source|Deal - Source|Opportunity Source|来源|商机来源"},
    {"LostReason", "Closed Lost Reason|Lost Reason|Loss Reason|Deal - Lost reason|Reason Lost|丢单原因|输单原因"},
    {"ForecastCategory", "Forecast Category|Forecast Category Name|预测类别"},
    {"Pricebook2.Name", "Price Book|Pricebook|Price Book Name|Price List|价格手册"},
    {"-", "Expected Revenue|Actual Revenue|Actual Close Date|Weighted Amount|Weighted Value|Is Closed|Is Won|Closed|Won|Fiscal|Fiscal Year|Fiscal Quarter|Fiscal Period|Age|"
          "Has Opportunity Line Item|Pricebook ID|Total Opportunity Quantity|Deal - Status|Forecast Category Name"},
};

constexpr Alias task[] = {
    {"Subject", "Title|Task|Task Name|Task Title|Call Title|Activity|Activity - Subject|Name|Activity Subject|主题|任务|任务名称"},
    {"ActivityDate", "Due Date|Due|Date|Task Due Date|Activity - Due date|Deadline|Due Date Only|Activity Date|Interaction Date|Call Start Time|Call Date|Call Time|Date Due|Due On|截止日期|到期日期|日期"},
    {"Status", "Task Status|Call Status|Outgoing Call Status|Activity - Done|Done|Is Done|Completed|Is Completed|State|状态"},
    {"Owner.Name", "Assigned|Agent"},
    {"CallType", "Call Direction|Direction|Call Type|通话方向"},
    {"CallDisposition", "Call Outcome|Call Result|Outcome|Result|Call Disposition"},
    {"-", "Is Closed|Is Reminder Set|Is High Priority|Is Archived|Is Recurrence"},
    {"Priority", "Task Priority|Importance|优先级"},
    {"Type", "Activity Type|Task Type|Task Subtype|Activity - Type|Interaction Type|类型"},
    {"Who.Email", "Contact Email|Associated Contact Email|Lead Email|Email"},
    {"Who.Name", "Contact|Contact Name|Lead|Person|Contact / Lead|Name (Who)|联系人"},
    {"What.Name", "Related To|Regarding|Parent Name|相关"},
};

constexpr Alias event[] = {
    {"Subject", "Title|Event|Event Name|Meeting|Meeting Title|Meeting Name|Call/Meeting Title/Subject|Summary|Name|主题|活动"},
    {"StartDateTime", "Start|Start Date|Start Time|Begin|Begins|From|Date|Activity Date|Interaction Date|Call Start Time|Activity ts|Date Start|Due Date|Activity - Due date|Meeting Date|Event Date|开始|开始时间"},
    {"EndDateTime", "End|End Date|End Time|Ends|To|Finish|Date End|结束|结束时间"},
    {"IsAllDayEvent", "All Day|All Day Event|全天"},
    {"Location", "Place|Where|Venue|地点"},
    {"Type", "Event Type|Activity Type|Meeting Type|类型"},
    {"Owner.Name", "Assigned|Host|Organizer|Meeting Host|Organiser|主持人"},
    {"-", "Is Archived|Is Recurrence|Is Reminder Set|Is Child|Is Group Event|Group Event Type"},
    {"Who.Email", "Contact Email|Associated Contact Email|Attendee|Email"},
    {"Who.Name", "Contact|Contact Name|Lead|Person|联系人"},
    {"What.Name", "Related To|Regarding|Parent Name"},
};

constexpr Alias product[] = {
    {"Name", "Product|Product Name|Item|Item Name|Title|产品|产品名称|商品"},
    {"ProductCode", "SKU|Code|Product Code|Item Code|Article Number|Part Number|Item Number|产品编号|产品代码"},
    {"Family", "Series|Product Family|Category|Product Line|Group|Product Category|产品系列|类别"},
    {"UnitPrice", "Price|Sales Price|List Price|Unit Price|Standard Price|Retail Price|Selling Price|价格|单价|销售价格"},
    {"IsActive", "Active|Enabled|Is Active|Product Active|启用"},
};

constexpr Alias pricebook[] = {
    {"Name", "Price Book|Pricebook|Price Book Name|Price List|价格手册|价格手册名称"},
    {"IsActive", "Active|Enabled|Is Active|启用"},
};

constexpr Alias pricebook_entry[] = {
    {"Pricebook2.Name", "Price Book|Pricebook|Price Book Name|Price List|价格手册|价格手册名称"},
    {"Product2.ProductCode", "Product Code|SKU|Code|Item Code|Part Number|产品编号|产品代码"},
    {"Product2.Name", "Product|Product Name|Item|Item Name|产品|产品名称"},
    {"UnitPrice", "Price|List Price|Unit Price|Sales Price|价格|单价|目录价"},
    {"IsActive", "Active|Enabled|Is Active|启用"},
};

constexpr Alias line_item[] = {
    {"Opportunity.Name", "Opportunity|Opportunity Name|Deal|Deal Name|Deal - Title|商机|商机名称"},
    {"Product2.Name", "Product|Product Name|Item|Item Name|Opportunity Product Name|产品|产品名称"},
    {"Product2.ProductCode", "Product Code|SKU|Code|Item Code|Part Number|产品编号|产品代码"},
    {"Quantity", "Qty|Units|Count|Number of Units|件数"},
    {"UnitPrice", "Sales Price|Price|Unit Price|Net Price|销售价格|单价|价格"},
    {"ListPrice", "List Price|Catalog Price|Standard Price|目录价|标价"},
    {"Discount", "Discount (%)|Discount %|Discount Percent|Discount Percentage|折扣率"},
    {"ServiceDate", "Date|Service Date|Delivery Date"},
    {"Description", "Line Description"},
    {"-", "Total Price|Total|Line Total|Subtotal|Amount|Total Amount|Name|总价|小计|合计"},
};

constexpr Alias quota[] = {
    {"QuotaOwner.Name", "Owner|User|Name|Forecast Owner|Sales Rep|Rep|Sales Agent|Salesperson|负责人|销售"},
    {"StartDate", "Month|Quarter|Period|Start|Date|月份|季度|期间"},
    {"QuotaAmount", "Quota|Target|Amount|Goal|Sales Target|Sales Quota|指标|配额|目标"},
    {"PeriodType", "Period Kind|Frequency"},
};

constexpr Alias user[] = {
    {"Name", "Sales Agent|Agent|Rep|Sales Rep|Full Name|User|Rep Name|Agent Name|Sales Rep Name|Sales Agent Name|Salesperson Name|Owner Name|Seller|Seller Name|Salesperson|Employee|Employee Name|Sales Representative|Team Member|Display Name|姓名|销售|员工"},
    {"FirstName", "First|Given Name|名"},
    {"LastName", "Last|Surname|Family Name|姓"},
    {"Manager.Name", "Manager|Manager Name|Supervisor|Boss|Reports To|Team Lead|Team Manager|上级|经理"},
    {"Region", "Regional Office|Office|Territory|Area|Sales Region|Region|Location|区域|地区"},
    {"Email", "E-mail|Email Address|E-mail Address|Mail|邮箱"},
    {"Title", "Job Title|Position|Role|职位"},
    {"Department", "Team|Dept|Division|部门"},
    {"Phone", "Phone Number|Telephone|Mobile|电话|手机"},
    {"IsActive", "Active|Enabled|Status Active|启用"},
};

template <std::size_t N>
constexpr AliasGroup group(std::string_view objects, const Alias (&aliases)[N]) {
    return {objects, aliases, aliases + N};
}

constexpr AliasGroup groups[] = {
    group(" Lead ", lead), group(" Contact ", contact), group(" Lead Contact ", person), group(" Account ", account),
    group(" Opportunity ", opportunity), group(" Task ", task), group(" Event ", event), group(" Product2 ", product), group(" User ", user),
    group(" ForecastingQuota ", quota),
    group(" Pricebook2 ", pricebook), group(" PricebookEntry ", pricebook_entry), group(" OpportunityLineItem ", line_item),
    group("", common),
};

struct Meaning {
    std::string_view objects;
    HeaderMeaning meaning;
};

// What each header means, by its folded key. Made once: a file with thousands of columns asks many times.
using Meanings = std::map<std::string, std::vector<Meaning>>;
const Meanings& meanings() {
    static const Meanings all = [] {
        Meanings made;
        for (const AliasGroup& aliases : groups)
            for (const Alias* alias = aliases.begin; alias != aliases.end; ++alias)
                for (const std::string_view header : split(alias->headers, '|')) made[fold_key(header)].push_back({aliases.objects, {alias->target, header.starts_with('~')}});
        return made;
    }();
    return all;
}

}  // namespace

bool is_known_header(std::string_view header_key) { return meanings().contains(std::string(header_key)); }

std::vector<HeaderMeaning> find_header_aliases(std::string_view object, std::string_view header_key) {
    std::vector<HeaderMeaning> meant;
    const auto found = meanings().find(std::string(header_key));
    if (found == meanings().end()) return meant;
    const std::string wanted = " " + std::string(object) + " ";
    for (const auto& [objects, meaning] : found->second) {
        if (!objects.empty() && objects.find(wanted) == std::string_view::npos) continue;
        if (std::ranges::find(meant, meaning.target, &HeaderMeaning::target) == meant.end()) meant.push_back(meaning);
    }
    return meant;
}

}  // namespace outpost
