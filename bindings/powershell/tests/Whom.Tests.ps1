# Whom a call is about.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Setup.ps1')
    'whom1', 'whom2', 'whom3', '00123' | ForEach-Object { New-Person $_ }
}

AfterAll {
    Remove-Module -Name SapSuccessFactors
}

Describe 'The header of the caller' {
    AfterEach {
        Remove-Variable -Name headerAttributes -Scope Global -ErrorAction Ignore
    }

    It 'is the one that the caller sees' {
        $global:headerAttributes = @{ IdentityName = 'whom1'; Type = 'USER' }
        function Save-FromTemplate {
            $headerAttributes = @{ IdentityName = 'whom2'; Type = 'USER' }
            Save-Identity @{ title = 'for whom2' }
        }
        (Save-FromTemplate).Uid | Should -Be 'whom2'
        Get-Field whom1 title | Should -Be 'Old'
        Get-Field whom2 title | Should -Be 'for whom2'
    }

    It 'names whom to find as <Form>' -ForEach @(
        @{ Form = 'a table'; Header = @{ IdentityName = 'whom1' } }
        @{ Form = 'an object'; Header = [pscustomobject]@{ IdentityName = 'whom1' } }
        @{ Form = 'JSON'; Header = '{"IdentityName":"whom1","Type":"USER"}' }
        @{ Form = 'a list of tables'; Header = @(@{ IdentityName = 'whom1' }, @{ Type = 'USER' }) }
        @{ Form = 'a list of names'; Header = @(@{ name = 'IdentityName'; value = 'whom1' }) }
        @{ Form = 'a list of keys'; Header = @(@{ key = 'IdentityName'; value = 'whom1' }) }
        @{ Form = 'a list of names with values'; Header = @(@{ name = 'IdentityName'; values = @('whom1') }) }
        @{ Form = 'a list with operations'; Header = @(@{ name = 'IdentityName'; value = 'whom1'; operation = 'REPLACE' }) }
        @{ Form = 'a list of values with operations'; Header = @(@{ name = 'IdentityName'; values = @(@{ value = 'whom1'; operation = 'REPLACE' }) }) }
    ) {
        $headerAttributes = $Header
        @(Search-Data -Fields title).userId | Should -Be 'whom1'
        @(Search-Data -Fields title -HeaderAttributes $Header).userId | Should -Be 'whom1'
    }

    It 'is refused as <Form>' -ForEach @(
        @{ Form = 'a number'; Header = 42 }
        @{ Form = 'a word'; Header = 'whom1' }
        @{ Form = 'a list of words'; Header = @('whom1', 'whom2') }
        @{ Form = 'a list of names alone'; Header = @(@{ name = 'IdentityName' }) }
        @{ Form = 'an empty name'; Header = @{ IdentityName = '' } }
        @{ Form = 'no name'; Header = @{ IdentityName = $null } }
        @{ Form = 'half of a JSON'; Header = '{"IdentityName":"whom1"' }
    ) {
        $headerAttributes = $Header
        { Search-Data } | Should -Throw -ErrorId 'malformedRequest,Search-Data'
        { Suspend-Identity } | Should -Throw -ErrorId 'malformedRequest,Suspend-Identity'
        { Search-Data -HeaderAttributes $Header } | Should -Throw -ErrorId 'malformedRequest,Search-Data'
    }

    It 'is not looked for elsewhere if it was given and is empty' {
        $headerAttributes = @{ IdentityName = 'whom1' }
        { Suspend-Identity -HeaderAttributes $null } | Should -Throw -ErrorId 'malformedRequest,Suspend-Identity'
        Get-Field whom1 status | Should -Be 't'
    }

    It 'may name nobody else than the call does: <_>' -ForEach @(
        'Save-Identity -Identity whom1 @{ title = "wrong" }', 'Suspend-Identity whom1', 'Remove-Identity whom1', 'Resume-Identity whom1'
        'Reset-IdentityPassword whom1 -Password "N3w-Pass-Phrase"', 'Search-Data -Identity whom1', '"whom1" | Suspend-Identity'
    ) {
        $headerAttributes = @{ IdentityName = 'whom3' }
        Invoke-Expression "$_ -ErrorVariable failed -ErrorAction SilentlyContinue" | Should -BeNullOrEmpty
        "$failed" | Should -BeLike '*somebody else*'
        'whom1', 'whom3' | ForEach-Object {
            Get-Field $_ status | Should -Be 't'
            Get-Field $_ title | Should -Be 'Old'
        }
    }

    It 'makes no groups of the people of Get-SAPData' {
        $global:headerAttributes = @{ Type = 'GROUP'; IdentityName = 'nobody' }
        (Get-SAPData -Identity whom1 -Fields title).userId | Should -Be 'whom1'
    }

    It 'comes after a configuration that the call names' {
        $global:headerAttributes = @{ Url = 'https://nowhere.example.com'; Login = 'nobody' }
        (Get-SAPData -Identity whom1 -Fields title -Configuration $env:SFSF_CONFIG).userId | Should -Be 'whom1'
    }
}

Describe 'Objects in a pipeline' {
    It 'are one after the other by <Form>' -ForEach @(
        @{ Form = 'their ids'; People = 'whom1', 'whom2' }
        @{ Form = 'their userId'; People = [pscustomobject]@{ userId = 'whom1'; x = 1 }, [pscustomobject]@{ userId = 'whom2'; x = 2 } }
        @{ Form = 'a table'; People = @{ userId = 'whom1' }, @{ USERID = 'whom2' } }
        @{ Form = 'a CSV'; People = "userId,uid`nwhom1,7`nwhom2,8" | ConvertFrom-Csv }
    ) {
        @($People | Get-SAPData -Fields title).userId | Should -Be @('whom1', 'whom2')
        @($People | Suspend-Identity).Action | Should -Be @('suspended', 'suspended')
        @($People | Resume-Identity).Uid | Should -Be @('whom1', 'whom2')
        @($People | Reset-IdentityPassword -Password 'N3w-Pass-Phrase').Uid | Should -Be @('whom1', 'whom2')
        @($People | Save-Identity -Attributes @{ title = $Form }).Changed | Should -Be @('title', 'title')
        @($People | Save-Identity -Attributes @{ title = 'Old' }).Uid | Should -Be @('whom1', 'whom2')
        @($People | Remove-Identity).Presence | Should -Be @('inactive', 'inactive')
        @($People | Resume-Identity).Action | Should -Be @('revived', 'revived')
    }

    It 'go in as they came out' {
        @(Get-SAPData -Identity 'whom1', 'whom2' | Suspend-Identity).Uid | Should -Be @('whom1', 'whom2')
        @(Get-SAPData -Identity 'whom1', 'whom2' | Resume-Identity).Uid | Should -Be @('whom1', 'whom2')
    }

    It 'that name nobody are errors that say so: <Form>' -ForEach @(
        @{ Form = 'no name'; One = [pscustomobject]@{ name = 'whom1' } }
        @{ Form = 'an empty name'; One = [pscustomobject]@{ userId = '' } }
        @{ Form = 'a group'; One = [pscustomobject]@{ uid = 'whom1' } }
        @{ Form = 'nothing'; One = $null }
        @{ Form = 'an empty text'; One = '' }
    ) {
        foreach ($function in 'Get-SAPData', 'Search-Data', 'Suspend-Identity', 'Remove-Identity', 'Resume-Identity') {
            $One | & $function -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            "$failed" | Should -BeLike 'Say whom*'
        }
    }

    It 'that name two are refused' {
        $both = [pscustomobject]@{ userId = 'whom1'; Identity = 'whom2' }
        { $both | Suspend-Identity -ErrorAction Stop } | Should -Throw -ErrorId 'malformedRequest,Suspend-Identity'
        { 'whom1' | Suspend-Identity -Identity whom2 } | Should -Throw -ErrorId 'malformedRequest,Suspend-Identity'
        Get-Field whom1 status | Should -Be 't'
        Get-Field whom2 status | Should -Be 't'
    }

    It 'may be a parameter, and are nobody else' {
        $one = [pscustomobject]@{ userId = 'whom1' }
        (Suspend-Identity -InputObject $one).Uid | Should -Be 'whom1'
        (Resume-Identity -InputObject whom1).Uid | Should -Be 'whom1'
        @(Get-SAPData -InputObject 'whom1', $one -Fields title).userId | Should -Be @('whom1', 'whom1')
        @(Search-Data -InputObject whom1 -Fields title).userId | Should -Be 'whom1'
        { Get-SAPData -InputObject $null } | Should -Throw 'Say whom*'
        $headerAttributes = @{ IdentityName = 'whom3' }
        foreach ($function in 'Suspend-Identity', 'Remove-Identity', 'Resume-Identity', 'Search-Data') {
            { & $function -InputObject whom1 } | Should -Throw '*somebody else*'
        }
        { Save-Identity -InputObject whom1 @{ title = 'wrong' } } | Should -Throw '*somebody else*'
        { Reset-IdentityPassword -InputObject whom1 -Password 'N3w-Pass-Phrase' } | Should -Throw '*somebody else*'
        Get-Field whom3 status | Should -Be 't'
        Get-Field whom3 title | Should -Be 'Old'
    }

    It 'are what their errors point at' {
        $one = [pscustomobject]@{ name = 'whom1' }
        $one | Suspend-Identity -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.TargetObject | Should -Be $one
        $one | Get-SAPData -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.TargetObject | Should -Be $one
    }

    It 'name groups by their uid' {
        $groups = @(Get-SAPData -Type GROUP | Select-Object -First 2)
        @($groups | Get-SAPData -Type GROUP).uid | Should -Be $groups.uid
    }
}

Describe 'Identities' {
    It 'may be several' {
        @(Get-SAPData -Identity 'whom1', 'whom2' -Fields title).userId | Should -Be @('whom1', 'whom2')
        @(Suspend-Identity 'whom1', 'whom2').Action | Should -Be @('suspended', 'suspended')
        @(Resume-Identity -userId 'whom1', 'whom2').Action | Should -Be @('revived', 'revived')
    }

    It 'keep their zeros' {
        (Suspend-Identity 00123).Uid | Should -Be '00123'
        (Resume-Identity -Identity 00123).Uid | Should -Be '00123'
    }

    It 'are asked for before anything else: <_>' -ForEach @(
        'Suspend-Identity', 'Remove-Identity -WhatIf', 'Resume-Identity -WhatIf', 'Reset-IdentityPassword -Password x -WhatIf'
        'Save-Identity @{ title = "x" } -WhatIf', 'Suspend-Identity -Identity ""', 'Suspend-Identity -Identity $null', 'Suspend-Identity -Identity @()'
        'Save-SAPData @{ username = "x" } -WhatIf', 'Save-SAPData @{ userId = ""; username = "x" }', 'Save-SAPData ''{"username":"x"}'' -WhatIf'
        'Get-SAPData -Identity $null', 'Get-SAPData -Identity ""', 'Search-Data -Identity ""', '"" | Get-SAPData'
    ) {
        $said = { Invoke-Expression "$_ -ErrorAction Stop" } | Should -Throw -PassThru
        "$said" | Should -BeLike 'Say whom: *'
    }

    It 'have no blanks around them: <_>' -ForEach @(
        'Get-SAPData -Identity " whom1 "', 'Suspend-Identity " whom1"', '"whom1 " | Suspend-Identity', 'Remove-Identity "whom1 " -WhatIf'
        'Save-SAPData @{ userId = " whom9 "; username = "whom9"; status = "t" } -WhatIf'
        'Save-SAPData ''{"userId":" whom9 ","username":"whom9","status":"t"}'' -WhatIf'
    ) {
        { Invoke-Expression "$_ -ErrorAction Stop" } | Should -Throw '*blank*'
    }

    It 'have nothing around them that nobody sees: <_>' -ForEach 0xFEFF, 0x200B, 0xA0, 0 {
        $name = 'whom1' + [char]$_
        { Suspend-Identity $name } | Should -Throw '*blank*'
        { Save-SAPData @{ userId = [char]$_ + 'whom9'; username = 'whom9'; status = 't' } } | Should -Throw '*blank*'
        { Suspend-Identity "$([char]$_)" } | Should -Throw 'Say whom*'
    }

    It 'are no objects that became a text: <_>' -ForEach @(
        '[pscredential]::new("whom1", [securestring]::new())', '[securestring]::new()', '[xml]"<a/>"', 'Resume-Identity whom1'
    ) {
        $given = Invoke-Expression $_
        { Save-Identity -Identity $given @{ username = 'x'; status = 't' } } | Should -Throw -ErrorId 'malformedRequest,Save-Identity'
    }

    It 'are no objects that became a text' {
        $person = [pscustomobject]@{ userId = 'whom1' }
        { Get-SAPData -Identity $person } | Should -Throw -ErrorId 'malformedRequest,Get-SAPData'
        { Suspend-Identity @{ userId = 'whom1' } } | Should -Throw -ErrorId 'malformedRequest,Suspend-Identity'
    }

    It 'exclude a filter' {
        { Get-SAPData "status eq 't'" -Identity whom1 } | Should -Throw -ErrorId 'malformedRequest,Get-SAPData'
        { 'whom1', 'whom2' | Get-SAPData -Filter "status eq 't'" } | Should -Throw -ErrorId 'malformedRequest,Get-SAPData'
        { Search-Data "status eq 't'" -Identity whom1 } | Should -Throw -ErrorId 'malformedRequest,Search-Data'
    }

    It 'are not everybody because a filter is empty' {
        { Get-SAPData -Filter '' } | Should -Throw -ErrorId 'malformedRequest,Get-SAPData'
        { Get-SAPData -Filter $null } | Should -Throw -ErrorId 'malformedRequest,Get-SAPData'
        { Search-Data -Filter ' ' } | Should -Throw -ErrorId 'malformedRequest,Search-Data'
        $headerAttributes = @{ IdentityName = 'whom1' }
        @(Search-Data -Filter '' -Fields title).userId | Should -Be 'whom1'
    }

    It 'come first, and passwords after them' {
        (Reset-IdentityPassword whom1 'N3w-Pass-Phrase').Uid | Should -Be 'whom1'
        { Reset-IdentityPassword whom1 } | Should -Throw -ErrorId 'malformedRequest,Reset-IdentityPassword'
        $headerAttributes = @{ IdentityName = 'whom3' }
        { Reset-IdentityPassword whom1 } | Should -Throw -ErrorId 'malformedRequest,Reset-IdentityPassword'
        { Reset-IdentityPassword N3w-Pass-Phrase } | Should -Throw -ErrorId 'malformedRequest,Reset-IdentityPassword'
    }
}
