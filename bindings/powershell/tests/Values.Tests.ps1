# Values and records as PowerShell has them.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Setup.ps1')
    New-Person value1
}

AfterAll {
    Remove-Module -Name SapSuccessFactors
}

Describe 'Blank cells' {
    BeforeEach {
        $null = Save-SAPData @{ userId = 'value1'; title = 'Old'; department = 'Old' }
    }

    It 'leave fields as they are, and are counted: <Form>' -ForEach @(
        @{ Form = 'of a CSV'; Record = "userId,title,department`nvalue1,," | ConvertFrom-Csv }
        @{ Form = 'of blanks'; Record = "userId,title,department`nvalue1,`"  `",`"`t`"" | ConvertFrom-Csv }
        @{ Form = 'of lists that were split'; Record = @{ userId = 'value1'; title = '' -split ';'; department = ' ; ' -split ';' } }
        @{ Form = 'of a short line'; Record = "userId,title,department`nvalue1" | ConvertFrom-Csv }
        @{ Form = 'of a table'; Record = @{ userId = 'value1'; title = ''; department = '' } }
        @{ Form = 'of a database'; Record = [pscustomobject]@{ userId = 'value1'; title = [DBNull]::Value; department = '' } }
    ) {
        $saved = $Record | Save-SAPData
        $saved.Action | Should -Be 'unchanged'
        "$($saved.Notices)" | Should -BeLike '2 empty fields*'
        Get-Field value1 title | Should -Be 'Old'
        Get-Field value1 department | Should -Be 'Old'
    }

    It 'clear with -ClearEmpty' {
        $saved = "userId,title,department`nvalue1,," | ConvertFrom-Csv | Save-SAPData -ClearEmpty
        $saved.Changed | Sort-Object | Should -Be @('department', 'title')
        $saved.Notices | Should -BeNullOrEmpty
        Get-Field value1 title | Should -BeNullOrEmpty
    }

    It 'clear where <Form>' -ForEach @(
        @{ Form = 'a table has nothing at all'; Record = @{ userId = 'value1'; title = $null } }
        @{ Form = 'JSON says an empty text'; Record = '{"userId":"value1","title":""}' }
        @{ Form = 'JSON says null'; Record = '{"userId":"value1","title":null}' }
    ) {
        (Save-SAPData $Record).Changed | Should -Be 'title'
    }

    It 'leave attributes of Save-Identity as they are' {
        "$((Save-Identity -Identity value1 @{ title = ''; department = 'New' }).Notices)" | Should -BeLike '1 empty field *'
        Get-Field value1 title | Should -Be 'Old'
        (Save-Identity -Identity value1 @{ title = '' } -ClearEmpty).Changed | Should -Be 'title'
    }
}

Describe 'Attributes' {
    It 'are taken as <Form>' -ForEach @(
        @{ Form = 'objects of JSON'; Value = { '[{"name":"title","values":[{"value":"A1","operation":"REPLACE"}]}]' | ConvertFrom-Json } }
        @{ Form = 'one object of JSON'; Value = { '{"name":"title","values":[{"value":"A2"}]}' | ConvertFrom-Json } }
        @{ Form = 'an object'; Value = { [pscustomobject]@{ title = 'A3' } } }
        @{ Form = 'JSON'; Value = { '[{"name":"title","values":[{"value":"A4","operation":"replace"}]}]' } }
        @{ Form = 'JSON of names'; Value = { '{"title":"A5"}' } }
        @{ Form = 'an ordered table'; Value = { [ordered]@{ title = 'A6' } } }
        @{ Form = 'a dictionary'; Value = { $d = [Collections.Generic.Dictionary[string, object]]::new(); $d['title'] = 'A7'; $d } }
        @{ Form = 'a list'; Value = { $l = [Collections.Generic.List[object]]::new(); $l.Add([ordered]@{ name = 'title'; values = 'A8' }); , $l } }
        @{ Form = 'an array list'; Value = { , [Collections.ArrayList]@(@{ name = 'title'; values = @('A9') }) } }
    ) {
        (Save-Identity -Identity value1 -Attributes (& $Value)).Changed | Should -Be 'title'
    }

    It 'have no operation <_>' -ForEach 'SET', '', ' ', 'REPLACE ', 'UPDATE' {
        $attributes = @(@{ name = 'title'; values = @(@{ value = 'never'; operation = $_ }) })
        $said = { Save-Identity -Identity value1 -Attributes $attributes } | Should -Throw -ErrorId 'invalidAttribute,Save-Identity' -PassThru
        "$said" | Should -BeLike '*ADD, REPLACE, DELETE, NO_CHANGE*'
        { Save-Identity -Identity value1 -Attributes $attributes -WhatIf } | Should -Throw
    }

    It 'have the operation beside their values: <Form>' -ForEach @(
        @{ Form = 'DELETE'; Given = @{ name = 'title'; values = @('Old'); operation = 'delete' }; Then = $null }
        @{ Form = 'NO_CHANGE'; Given = @{ name = 'title'; values = @('New'); operation = 'NO_CHANGE' }; Then = 'Old' }
        @{ Form = 'NO_CHANGE of nothing'; Given = @{ name = 'title'; values = @(); operation = 'NO_CHANGE' }; Then = 'Old' }
        @{ Form = 'REPLACE'; Given = '[{"name":"title","operation":"REPLACE","values":[{"value":"New"}]}]'; Then = 'New' }
        @{ Form = 'REPLACE by nothing'; Given = @{ name = 'title'; values = @(); operation = 'REPLACE' }; Then = $null }
        @{ Form = 'unless they have their own'; Given = @{ name = 'title'; values = @(@{ value = 'New'; operation = 'REPLACE' }); operation = 'DELETE' }; Then = 'New' }
    ) {
        $null = Save-SAPData @{ userId = 'value1'; title = 'Old' }
        $null = Save-Identity -Identity value1 $Given
        Get-Field value1 title | Should -Be $Then
    }

    It 'have no operation <_> beside their values' -ForEach 'SET', ' ', 'DELETE' {
        { Save-Identity -Identity value1 @(@{ name = 'title'; values = @(); operation = $_ }) } | Should -Throw -ErrorId 'invalidAttribute,Save-Identity'
    }

    It 'clear nothing where there is no value: <_>' -ForEach @(
        '[{"name":"title"}]', '[{"name":"title","value":"T"}]', '[{"name":"title","values":[{"operation":"REPLACE"}]}]'
    ) {
        $null = Save-SAPData @{ userId = 'value1'; title = 'Kept' }
        { Save-Identity -Identity value1 -Attributes $_ } | Should -Throw
        { Save-Identity -Identity value1 -Attributes ($_ | ConvertFrom-Json) } | Should -Throw
        Get-Field value1 title | Should -Be 'Kept'
    }

    It 'are refused as <_>' -ForEach 'value1', 42, '{"title":' {
        { Save-Identity -Identity value1 -Attributes $_ } | Should -Throw -ErrorId 'malformedRequest,Save-Identity'
    }
}

Describe 'Values' {
    It 'are taken: <Form>' -ForEach @(
        @{ Form = 'a midnight'; Field = 'hireDate'; Value = { [datetime]'2005-12-11' }; Is = '2005-12-11' }
        @{ Form = 'a midnight of UTC'; Field = 'hireDate'; Value = { [datetime]::new(2005, 12, 12, 0, 0, 0, [DateTimeKind]::Utc) }; Is = '2005-12-12' }
        @{ Form = 'a midnight of here'; Field = 'hireDate'; Value = { [datetime]::new(2005, 12, 13, 0, 0, 0, [DateTimeKind]::Local) }; Is = '2005-12-13' }
        @{ Form = 'a midnight of Tokyo'; Field = 'hireDate'; Value = { [DateTimeOffset]'2005-12-14T00:00:00+09:00' }; Is = '2005-12-14' }
        @{ Form = 'a midnight of Hawaii'; Field = 'hireDate'; Value = { [DateTimeOffset]'2005-12-15T00:00:00-10:00' }; Is = '2005-12-15' }
        @{ Form = 'a text'; Field = 'hireDate'; Value = { '2005-12-16' }; Is = '2005-12-16' }
        @{ Form = 'a whole number'; Field = 'title'; Value = { 123 }; Is = '123' }
        @{ Form = 'a large number'; Field = 'title'; Value = { [bigint]9007199254740993 }; Is = '9007199254740993' }
        @{ Form = 'a word of several'; Field = 'title'; Value = { [DayOfWeek]::Monday }; Is = 'Monday' }
        @{ Form = 'a no'; Field = 'status'; Value = { $false }; Is = 'f' }
        @{ Form = 'a yes'; Field = 'status'; Value = { $true }; Is = 't' }
    ) {
        $null = Save-SAPData @{ userId = 'value1'; $Field = (& $Value) }
        Get-Field value1 $Field | Should -Be $Is
        $null = [pscustomobject]@{ userId = 'value1'; $Field = (& $Value) } | Save-SAPData
        (Save-Identity -Identity value1 -Attributes @{ $Field = (& $Value) }).Action | Should -Be 'unchanged'
    }

    It 'stay the day that their writer sees, wherever that is' {
        $script = @'
(Save-SAPData @{ userId = 'value1'; hireDate = [datetime]::new(2001, 2, 3, 0, 0, 0, [DateTimeKind]::Local) }).Changed
(Save-SAPData @{ userId = 'value1'; hireDate = [datetime]'2001-02-03' }).Action
'@
        foreach ($zone in 'Pacific/Kiritimati', 'Europe/Berlin', 'Pacific/Honolulu') {
            $null = Save-SAPData @{ userId = 'value1'; hireDate = '1999-01-01' }
            $before = $env:TZ
            try { $env:TZ = $zone; $said = Invoke-Apart $script } finally { $env:TZ = $before }
            $said -split '\s+' | Where-Object { $_ } | Should -Be @('hireDate', 'unchanged')
            Get-Field value1 hireDate | Should -Be '2001-02-03'
        }
    }

    It 'are refused where this machine has no such time' {
        $script = "try { Save-SAPData @{ userId = 'value1'; hireDate = [datetime]::MinValue } } catch { `"`$_ `$(`$_.FullyQualifiedErrorId)`" }"
        $before = $env:TZ
        try { $env:TZ = 'Asia/Tokyo'; $said = Invoke-Apart $script } finally { $env:TZ = $before }
        $said | Should -BeLike '*hireDate*invalidAttribute,Save-SAPData*'
    }

    It 'are taken as days of .NET' -Skip:(-not ('System.DateOnly' -as [type])) {
        $null = Save-SAPData @{ userId = 'value1'; hireDate = [System.DateOnly]::new(2004, 2, 29) }
        Get-Field value1 hireDate | Should -Be '2004-02-29'
    }

    It 'are refused by the name of their field: <Form>' -ForEach @(
        @{ Form = 'a time for a day'; Field = 'hireDate'; Value = [datetime]'2005-12-11 10:00' }
        @{ Form = 'a span'; Field = 'title'; Value = [timespan]::FromHours(1) }
        @{ Form = 'no number'; Field = 'competency'; Value = [double]::NaN }
        @{ Form = 'an endless number'; Field = 'competency'; Value = [double]::PositiveInfinity }
        @{ Form = 'a type'; Field = 'title'; Value = [version]'1.0' }
        @{ Form = 'a password of numbers'; Field = 'password'; Value = 12345678 }
    ) {
        $before = Get-Field value1 title
        $record = @{ userId = 'value1'; $Field = $Value }
        $record, ([pscustomobject]$record) | Save-SAPData -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed.Count | Should -Be 2
        $failed | ForEach-Object {
            $_.FullyQualifiedErrorId | Should -Be 'invalidAttribute,Save-SAPData'
            $_.Exception.Attributes | Should -Be $Field
            "$_" | Should -BeLike "*$Field*"
        }
        $failed[0].TargetObject.userId | Should -Be 'value1'
        Get-Field value1 title | Should -Be $before
    }
}

Describe 'Objects' {
    It 'go in again as JSON' {
        $json = Get-SAPData | Select-Object -First 3 | ConvertTo-Json
        @(Save-SAPData $json).Action | Should -Be @('unchanged', 'unchanged', 'unchanged')
        $uid = (Get-SAPData | Select-Object -First 1).userId
        { Save-SAPData "{`"userId`":`"$uid`",`"lastModifiedDateTime`":`"1999-01-01T00:00:00Z`"}" } | Should -Throw '*read-only*'
    }

    It 'of XML are refused, and not passed over' {
        $node = ([xml]'<p><userId>value1</userId><title>X</title></p>').p
        { Save-SAPData $node } | Should -Throw -ErrorId 'malformedRequest,Save-SAPData'
        { $node | Save-SAPData -ErrorAction Stop } | Should -Throw -ErrorId 'malformedRequest,Save-SAPData'
    }

    It 'go in again as they came out' {
        @(Get-SAPData | Save-SAPData | Where-Object Action -ne 'unchanged').Count | Should -Be 0
        $file = Join-Path -Path $TestDrive -ChildPath 'all.csv'
        Get-SAPData | Export-Csv -Path $file -NoTypeInformation
        @(Import-Csv -Path $file | Save-SAPData | Where-Object Action -ne 'unchanged').Count | Should -Be 0
    }

    It 'are saved with what was changed in them' {
        $person = Get-SAPData -Identity value1
        $person.title = 'Changed'
        ($person | Save-SAPData).Changed | Should -Be 'title'
    }

    It 'are refused if something read-only was changed' {
        $person = Get-SAPData -Identity value1
        $person.title = 'Never'
        $person.matrix1Label = 'Changed'
        $person | Save-SAPData -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].Exception.Attributes | Should -Be 'matrix1Label'
        Get-Field value1 title | Should -Not -Be 'Never'
    }

    It 'come out of a job' {
        $person = [pscustomobject]@{ userId = 'value1'; title = 'Job' }
        $out = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($person))
        $out | Add-Member -NotePropertyMembers @{ PSComputerName = 'localhost'; RunspaceId = [guid]::NewGuid(); PSShowComputerName = $false }
        ($out | Save-SAPData).Changed | Should -Be 'title'
    }

    It 'come out of a database' {
        $rows = New-Object -TypeName System.Data.DataTable
        'userId', 'title', 'department' | ForEach-Object { $null = $rows.Columns.Add($_) }
        $null = $rows.Rows.Add('value1', 'Row', [DBNull]::Value)
        $before = Get-Field value1 department
        $saved = $rows.Rows | Save-SAPData
        $saved.Changed | Should -Be 'title'
        Get-Field value1 department | Should -Be $before
    }

    It 'clear nothing by a property that cannot be read' {
        $person = [pscustomobject]@{ userId = 'value1' }
        $person | Add-Member -MemberType ScriptProperty -Name title -Value { throw 'unreadable' }
        $before = Get-Field value1 title
        $person, [pscustomobject]@{ userId = 'value1'; department = 'Behind' } |
            Save-SAPData -ErrorAction SilentlyContinue -ErrorVariable failed | ForEach-Object Changed | Should -Be 'department'
        $failed.Count | Should -Be 1
        $failed[0].Exception.Attributes | Should -Be 'title'
        Get-Field value1 title | Should -Be $before
    }

    It 'may be an array' {
        $records = @(@{ userId = 'value1'; title = 'Array1' }, [pscustomobject]@{ userId = 'value1'; title = 'Array2' }, '{"userId":"value1","title":"Array3"}')
        @(Save-SAPData $records).Count | Should -Be 3
        @(, $records | Save-SAPData).Count | Should -Be 3
        Get-Field value1 title | Should -Be 'Array3'
    }
}
